using System;

namespace Obs.Core.Recordings;

/// <summary>An import, or a cache, that cannot go on. What was given to the sink before stays valid.</summary>
internal sealed class ImportException : Exception
{
    /// <summary>Made by <see cref="ImportThrow"/> only.</summary>
    public ImportException(ImportProblem problem, string file, long line, string message, Exception? inner = null)
        : base(message, inner)
    {
        Problem = problem;
        File = file;
        Line = line;
    }

    /// <summary>The kind of problem.</summary>
    public ImportProblem Problem { get; }

    /// <summary>The file as the caller named it, with <c>!member</c> inside an archive.</summary>
    public string File { get; }

    /// <summary>Line (row of a binary format) from 1; 0 where the file as a whole is meant.</summary>
    public long Line { get; }
}
