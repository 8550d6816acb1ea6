using System.Runtime.InteropServices;

namespace Obs.Core.Engine.Outputs;

/// <summary>The one answer to a command, keyed by the command's sequence (DESIGN §7.4).</summary>
/// <remarks>Blittable, 32 bytes, on disk (layout test).</remarks>
[StructLayout(LayoutKind.Sequential)]
internal struct OutcomeRecord
{
    /// <summary>High half of the command's idempotency key.</summary>
    public ulong KeyHigh;

    /// <summary>Low half of the command's idempotency key.</summary>
    public ulong KeyLow;

    /// <summary>Account that asked.</summary>
    public int Account;

    /// <summary>An <see cref="EngineCommandKind"/>.</summary>
    public int Kind;

    /// <summary>0 = accepted; else the number of the reason.</summary>
    public long Reason;
}
