using System;
using System.Globalization;
using System.IO;
using System.Text;

namespace Obs.Core.Recordings;

/// <summary>Keeps the lines of a recording that could not be used: <c>line number TAB reason TAB bytes</c>, one a line.</summary>
/// <remarks>Made at the first bad line. The bytes are capped at 4 KiB, the file at 64 MiB: what is beyond is counted in the result only.</remarks>
internal sealed class QuarantineFile : IDisposable
{
    /// <summary>Bytes kept of a line.</summary>
    public const int KeptBytes = 4096;

    /// <summary>Bytes after which nothing more is written.</summary>
    public const long LargestFileBytes = 64L << 20;

    private readonly string _path;
    private FileStream? _file;

    /// <summary>A quarantine beside others of a folder; nothing is written yet, but that of an earlier import is removed.</summary>
    /// <exception cref="ImportException">The earlier one cannot be removed.</exception>
    public QuarantineFile(string directory, string recording)
    {
        _path = Path.Combine(directory, Path.GetFileName(recording) + ".quarantine");
        try
        {
            if (File.Exists(_path))
                File.Delete(_path);
        }
        catch (IOException failure)
        {
            ImportThrow.QuarantineNotWritable(_path, failure);
        }
        catch (UnauthorizedAccessException refusal)
        {
            ImportThrow.QuarantineNotWritable(_path, refusal);
        }
    }

    /// <summary>Keeps a line.</summary>
    /// <exception cref="ImportException">The file cannot be written.</exception>
    public void Keep(string member, long line, LineFault fault, ReadOnlySpan<byte> bytes)
    {
        try
        {
            _file ??= new FileStream(_path, FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 16);
            if (_file.Position >= LargestFileBytes)
                return;
            _file.Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{member}{line}\t{fault}\t")));
            _file.Write(bytes[..Math.Min(bytes.Length, KeptBytes)]);
            _file.WriteByte((byte)'\n');
        }
        catch (IOException failure)
        {
            ImportThrow.QuarantineNotWritable(_path, failure);
        }
        catch (UnauthorizedAccessException refusal)
        {
            ImportThrow.QuarantineNotWritable(_path, refusal);
        }
    }

    /// <summary>Finishes the file.</summary>
    public void Dispose() => _file?.Dispose();
}
