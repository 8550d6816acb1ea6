using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.IO;
using System.IO.Compression;
using System.Linq;

namespace Obs.Core.Recordings;

/// <summary>One file on disk, opened as what its first bytes say it is: gzip, zip or plain.</summary>
/// <remarks>Importing thread only. A zip (also npz, zip64) yields its data members in the order of their names.</remarks>
internal sealed class RecordingFile : IDisposable
{
    private const int BufferBytes = 1 << 16;
    private readonly FileStream _file;
    private readonly Action? _onRead;

    private RecordingFile(string path, FileStream file, Action<long>? onRead)
    {
        Path = path;
        _file = file;
        _onRead = onRead is null ? null : () => onRead(_file.CanRead ? _file.Position : Length);
        Length = file.Length;
    }

    /// <summary>As the caller named it.</summary>
    public string Path { get; }

    /// <summary>Bytes on disk.</summary>
    public long Length { get; }

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="onRead">Called with the position on disk after each read; null for nobody.</param>
    /// <exception cref="ImportException">It is missing, a folder, not readable, or empty.</exception>
    public static RecordingFile Open(string path, Action<long>? onRead = null)
    {
        if (Directory.Exists(path))
            ImportThrow.IsDirectory(path);
        if (!File.Exists(path))
            ImportThrow.Missing(path);
        FileStream file = OpenStream(path);
        if (file.Length == 0)
        {
            file.Dispose();
            ImportThrow.Empty(path);
        }
        return new RecordingFile(path, file, onRead);
    }

    /// <summary>The unpacked contents, one after the other; each is to be disposed before the next is asked for.</summary>
    /// <exception cref="ImportException">The packing is damaged, or a zip holds no data.</exception>
    public IEnumerable<ByteSource> Contents()
    {
        byte[] magic = new byte[4];
        int read = _file.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
        _file.Position = 0;
        if (read >= 2 && magic[0] == 0x1F && magic[1] == 0x8B)
            return [new ByteSource(Path, Unpacked(), _onRead)];
        if (magic is [(byte)'P', (byte)'K', 3, 4] or [(byte)'P', (byte)'K', 5, 6])
            return Members();
        return [new ByteSource(Path, new LentStream(_file), _onRead)];
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();

    private static FileStream OpenStream(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, BufferBytes, FileOptions.SequentialScan);
        }
        catch (FileNotFoundException)
        {
            ImportThrow.Missing(path); // a link to nothing
        }
        catch (UnauthorizedAccessException refusal)
        {
            ImportThrow.NotReadable(path, refusal);
        }
        catch (IOException failure)
        {
            ImportThrow.NotReadable(path, failure);
        }
        return null;
    }

    private CheckedStream Unpacked() =>
        new(new GZipStream(_file, CompressionMode.Decompress, leaveOpen: true), (uint crc, long length) => GzipTrailer.Agrees(_file, crc, length));

    private IEnumerable<ByteSource> Members()
    {
        using ZipArchive archive = OpenArchive();
        ZipArchiveEntry[] data = DataOf(archive);
        if (data.Length == 0)
            ImportThrow.Empty(Path);
        foreach (ZipArchiveEntry entry in data)
            yield return new ByteSource($"{Path}!{entry.FullName}", OpenMember(entry), _onRead);
    }

    private ZipArchiveEntry[] DataOf(ZipArchive archive)
    {
        try
        {
            return [.. archive.Entries.Where(IsData).OrderBy(static (ZipArchiveEntry entry) => entry.FullName, StringComparer.Ordinal)];
        }
        catch (InvalidDataException damage)
        {
            DamagedArchive(damage);
            return [];
        }
    }

    private static bool IsData(ZipArchiveEntry entry) =>
        entry.Length > 0 && entry.Name.Length > 0 && entry.Name[0] != '.' && !entry.FullName.StartsWith("__MACOSX/", StringComparison.Ordinal);

    private ZipArchive OpenArchive()
    {
        try
        {
            return new ZipArchive(_file, ZipArchiveMode.Read, leaveOpen: true);
        }
        catch (InvalidDataException damage)
        {
            DamagedArchive(damage);
            return null;
        }
    }

    private CheckedStream OpenMember(ZipArchiveEntry entry)
    {
        try
        {
            return new CheckedStream(entry.Open(), (uint crc, long length) => crc == entry.Crc32 && length == entry.Length);
        }
        catch (InvalidDataException damage)
        {
            DamagedArchive(damage);
            return null;
        }
    }

    [DoesNotReturn]
    private void DamagedArchive(InvalidDataException damage) => ImportThrow.Damaged(Path, 0, damage, damage.Message);
}
