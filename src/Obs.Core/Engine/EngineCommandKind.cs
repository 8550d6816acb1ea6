namespace Obs.Core.Engine;

/// <summary>What a user's command asks for. Numbers are on disk: they only grow.</summary>
internal enum EngineCommandKind : byte
{
    /// <summary>Not a command.</summary>
    None = 0,

    /// <summary>Engage the kill switch: no order passes any more.</summary>
    Kill = 1,

    /// <summary>Release the kill switch.</summary>
    Release = 2,
}
