namespace Obs.Core.Recordings;

/// <summary>What is wrong with a line, and with which of its fields; the default value means nothing.</summary>
internal readonly record struct LineFault(BadLineReason Reason, string? Field = null)
{
    /// <summary>True when something is wrong.</summary>
    public bool Exists => Reason != BadLineReason.None;

    /// <summary>For people: <c>BadPrice (ask_price)</c>.</summary>
    public override string ToString() => Field is null ? $"{Reason}" : $"{Reason} ({Field})";
}
