using System;
using System.IO;

namespace Obs.Core.Journal;

/// <summary>Keeps a folder for one writer, across processes; the system lets go when the process dies, however it does.</summary>
internal sealed class DirectoryLock : IDisposable
{
    /// <summary>Name of the empty file that is locked; it stays, its presence means nothing.</summary>
    public const string FileName = "writer.lock";

    private readonly FileStream _file;

    private DirectoryLock(FileStream file) => _file = file;

    /// <summary>Takes the folder, making it if it is missing.</summary>
    /// <exception cref="JournalException">Another writer has it, or it cannot be written.</exception>
    public static DirectoryLock Take(string directory)
    {
        string path = Path.Combine(directory, FileName);
        try
        {
            Directory.CreateDirectory(directory);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw JournalThrow.From(error, directory, "make the folder", 0);
        }
        try
        {
            return new DirectoryLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException error) when (IsSharingViolation(error))
        {
            JournalThrow.Locked(directory, error);
            throw;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw JournalThrow.From(error, directory, "take the folder's lock", 0);
        }
    }

    /// <summary>Lets go.</summary>
    public void Dispose() => _file.Dispose();

    /// <summary>EWOULDBLOCK of flock on Linux (11) and macOS (35), ERROR_SHARING_VIOLATION on Windows.</summary>
    private static bool IsSharingViolation(IOException error) => error.HResult is 11 or 35 or unchecked((int)0x80070020);
}
