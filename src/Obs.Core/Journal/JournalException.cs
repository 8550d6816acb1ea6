using System;

namespace Obs.Core.Journal;

/// <summary>The journal could not do what was asked; the message says file, values and what to do. Nothing stored was harmed.</summary>
internal sealed class JournalException : Exception
{
    /// <summary>Makes one.</summary>
    public JournalException(JournalFault fault, string message, string path = "", Exception? inner = null)
        : base(message, inner)
    {
        Fault = fault;
        Path = path;
    }

    /// <summary>Why.</summary>
    public JournalFault Fault { get; }

    /// <summary>File or folder; empty if none is meant.</summary>
    public string Path { get; }

    /// <summary>Where the damage is, for <see cref="JournalFault.Damaged"/>; otherwise null.</summary>
    public JournalProblem? Problem { get; init; }
}
