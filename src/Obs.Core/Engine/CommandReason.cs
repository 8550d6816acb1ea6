namespace Obs.Core.Engine;

/// <summary>Why a command was refused. Numbers are on disk: they only grow.</summary>
internal enum CommandReason : byte
{
    /// <summary>Not refused: it is in force from its record on.</summary>
    Accepted = 0,

    /// <summary>The record's bytes are no command this engine knows.</summary>
    Unreadable = 1,

    /// <summary>The idempotency key was used within 24 hours for another command.</summary>
    KeyReused = 2,
}
