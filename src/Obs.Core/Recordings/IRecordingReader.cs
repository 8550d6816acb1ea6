namespace Obs.Core.Recordings;

/// <summary>Turns the bytes of one file (or one member of an archive) of one format into records.</summary>
/// <remarks>Importing thread only. Lines it cannot use go to <see cref="ImportContext.Bad"/> and never stop it.</remarks>
internal interface IRecordingReader
{
    /// <summary>Reads to the end.</summary>
    /// <exception cref="ImportException">The file as a whole cannot be used, or a bad line was met in a strict import.</exception>
    void Read(ByteSource source, ImportContext context);
}
