using System;
using System.IO;
using System.Linq;
using Obs.Core.Engine;
using Obs.Core.Journal;

namespace Obs.Cli.Runs;

/// <summary>The folder an import writes into. It must be new or empty, or hold an import of the same inputs that did not reach their end: that one is
/// begun anew, whether it was damaged input, a full disk or a kill that stopped it.</summary>
/// <remarks>The mark in the folder is held open with a lock while the import runs, so two imports never write into one folder.</remarks>
internal sealed class ImportFolder : IDisposable
{
    /// <summary>Name of the mark; its text says what is being imported.</summary>
    public const string MarkName = "import.unfinished";

    private const string QuarantineExtension = ".quarantine";

    private readonly string _path;
    private readonly FileStream _mark;

    private ImportFolder(string path, FileStream mark)
    {
        _path = path;
        _mark = mark;
    }

    /// <summary>Makes the folder ready.</summary>
    /// <exception cref="CliException">It holds something else, or it cannot be made or written.</exception>
    public static ImportFolder Begin(string path, RunSettings settings)
    {
        string text = TextOf(settings);
        try
        {
            Directory.CreateDirectory(path);
            string markPath = Path.Combine(path, MarkName);
            bool isAgain = File.Exists(markPath);
            if (!isAgain && Directory.EnumerateFileSystemEntries(path).Any())
                throw new CliException(ExitCode.BadInput, $"--out {path}: the folder is not empty; an import starts a journal of its own. Name a new folder.");
            FileStream mark = new(markPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            if (isAgain)
                StartAnew(path, mark, text);
            Write(mark, text);
            return new ImportFolder(path, mark);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCode.Environment, $"--out {path}: cannot be written ({problem.Message}); name a folder that can be made and written and that no other import uses.", problem);
        }
    }

    /// <summary>The inputs were read to their end: the folder is a journal like any other.</summary>
    public void Complete()
    {
        _mark.Dispose();
        File.Delete(Path.Combine(_path, MarkName));
    }

    /// <summary>Nothing was stored: takes the empty journal away, and the folder when nothing else is in it.</summary>
    public void Abandon()
    {
        _mark.Dispose();
        foreach (string file in Directory.EnumerateFiles(_path).Where(static file => IsOurs(file) && !file.EndsWith(QuarantineExtension, StringComparison.Ordinal)))
            File.Delete(file);
        if (Directory.EnumerateFileSystemEntries(_path).All(static entry => Path.GetFileName(entry) == MarkName))
            Directory.Delete(_path, recursive: true);
    }

    /// <inheritdoc/>
    public void Dispose() => _mark.Dispose();

    private static void StartAnew(string path, FileStream mark, string text)
    {
        using StreamReader reader = new(mark, leaveOpen: true);
        string before = reader.ReadToEnd();
        string? other = Directory.EnumerateFileSystemEntries(path).FirstOrDefault(static entry => Path.GetFileName(entry) != MarkName && !IsOurs(entry));
        if ((before != text && before.Length > 0) || other is not null)
        {
            mark.Dispose();
            throw new CliException(ExitCode.BadInput, other is not null
                ? $"--out {path}: the folder holds an unfinished import and {Path.GetFileName(other)}; name a new folder."
                : $"--out {path}: the folder holds an unfinished import of other inputs ({MarkName} names them); repeat that one, or name a new folder.");
        }
        foreach (string file in Directory.EnumerateFiles(path).Where(IsOurs))
            File.Delete(file);
    }

    private static bool IsOurs(string entry)
    {
        string name = Path.GetFileName(entry);
        string[] extensions = [LogFormat.Journal.Extension, SegmentFileName.SpareExtension, QuarantineExtension];
        return File.Exists(entry) && (name == DirectoryLock.FileName || name == Path.GetFileName(DecodedCacheBuilder.PathOf("")) || extensions.Any(name.EndsWith));
    }

    private static void Write(FileStream mark, string text)
    {
        mark.SetLength(0);
        mark.Write(System.Text.Encoding.UTF8.GetBytes(text));
        mark.Flush();
    }

    private static string TextOf(RunSettings settings) =>
        $"An import of these inputs has not reached their end. The same import into this folder begins anew.\nvenue {settings.Venue}\nsymbol {settings.Symbol}\n"
        + string.Concat(settings.Inputs.Select(static input => $"input {Path.GetFullPath(input)}\n"));
}
