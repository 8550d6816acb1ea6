using System;
using System.Globalization;
using System.IO;

namespace Obs.Bench.Suites.Journal;

/// <summary>A folder for files of a benchmark, below OBS_BENCH_DIR or the temporary folder, emptied before each use. Put it on the disk to
/// be judged.</summary>
internal sealed class JournalBenchFolder
{
    /// <summary>Names the folder; nothing is made yet.</summary>
    public JournalBenchFolder(string name)
    {
        string root = Environment.GetEnvironmentVariable("OBS_BENCH_DIR") ?? System.IO.Path.GetTempPath();
        Path = System.IO.Path.Combine(root, "obs-bench", Environment.ProcessId.ToString(CultureInfo.InvariantCulture), name);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => DeleteQuietly();
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>Deletes what is in it and makes it.</summary>
    public void Reset()
    {
        Delete();
        Directory.CreateDirectory(Path);
    }

    /// <summary>Deletes it.</summary>
    public void Delete()
    {
        if (Directory.Exists(Path))
            Directory.Delete(Path, recursive: true);
    }

    /// <summary>At the end of the process: some contenders keep their journal over all runs, and its threads may be making one more
    /// file.</summary>
    private void DeleteQuietly()
    {
        try
        {
            Delete();
            string process = System.IO.Path.GetDirectoryName(Path)!;
            if (Directory.Exists(process) && Directory.GetFileSystemEntries(process).Length == 0)
                Directory.Delete(process);
        }
        catch (IOException error)
        {
            Console.Error.WriteLine($"{Path} could not be deleted: {error.Message}");
        }
    }
}
