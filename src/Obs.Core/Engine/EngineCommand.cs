using System;
using System.Runtime.InteropServices;

namespace Obs.Core.Engine;

/// <summary>A user's command as journaled: account, idempotency key, kind.</summary>
/// <remarks>Blittable; its layout is on disk and frozen (layout test).</remarks>
[StructLayout(LayoutKind.Sequential)]
internal struct EngineCommand
{
    /// <summary>Bytes of the payload.</summary>
    public const int SizeBytes = 24;

    /// <summary>High half of the 128-bit idempotency key; 0 without one.</summary>
    public ulong KeyHigh;

    /// <summary>Low half of the idempotency key.</summary>
    public ulong KeyLow;

    /// <summary>Account that asks; 0 is the operator.</summary>
    public int Account;

    /// <summary>What it asks.</summary>
    public EngineCommandKind Kind;

    /// <summary>Reads a journaled command; false when it is none.</summary>
    public static bool TryRead(ReadOnlySpan<byte> payload, out EngineCommand command) =>
        MemoryMarshal.TryRead(payload, out command) && command.Kind is EngineCommandKind.Kill or EngineCommandKind.Release;

    /// <summary>Writes the command; returns the bytes used.</summary>
    public readonly int Write(Span<byte> payload)
    {
        MemoryMarshal.Write(payload, this);
        return SizeBytes;
    }
}
