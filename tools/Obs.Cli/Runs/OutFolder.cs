using System;
using System.IO;

namespace Obs.Cli.Runs;

/// <summary>The folder of a run's files: whether it can be written is known before anything is read.</summary>
internal static class OutFolder
{
    /// <summary>Makes the folder and writes a file in it that is gone at once; the files of an earlier run stay as they are.</summary>
    /// <exception cref="CliException">It cannot be made or written.</exception>
    public static void Check(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            string probe = Path.Combine(folder, $".obs-{Guid.NewGuid():N}");
            using FileStream file = new(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            file.WriteByte(0);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCode.Environment, $"--out {folder}: cannot be written ({problem.Message}). Name a folder that can be made and written.", problem);
        }
    }
}
