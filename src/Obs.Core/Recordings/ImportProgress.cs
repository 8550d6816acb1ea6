namespace Obs.Core.Recordings;

/// <summary>How far an import is, over all its files, in bytes as they lie on disk (packed).</summary>
internal readonly record struct ImportProgress(string File, long BytesRead, long BytesTotal);
