using System.Runtime.InteropServices;

namespace Obs.Core.Engine.Outputs;

/// <summary>The one answer to a command; a <see cref="CommandOutcome"/> without undefined bytes.</summary>
/// <remarks>Blittable, 16 bytes, on disk (layout test).</remarks>
[StructLayout(LayoutKind.Sequential)]
internal struct OutcomeRecord
{
    /// <summary>Record of the command; for a retry with the same key that of the first.</summary>
    public long CommandSequence;

    /// <summary>An <see cref="EngineCommandKind"/>.</summary>
    public int Kind;

    /// <summary>A <see cref="CommandReason"/>.</summary>
    public int Reason;
}
