using System;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Obs.Core.Market;

/// <summary>Turns a complete new side of a book into the changes that lead there.</summary>
/// <remarks>So a full-book feed looks like a diff feed to everything behind it: only what changed is set, hashed and shown to resting paper orders.</remarks>
internal static class FullBookChanges
{
    /// <summary>Writes the changes of one side, best first by price: a new or changed level with its size, a vanished one with size 0.</summary>
    /// <param name="side">The side, for the direction of prices.</param>
    /// <param name="before">Levels shown so far, best first.</param>
    /// <param name="now">Levels of the new frame, best first, strictly ordered, no size 0.</param>
    /// <param name="changes">Receives the changes; must hold <paramref name="before"/> + <paramref name="now"/>.</param>
    /// <returns>Number of changes.</returns>
    /// <remarks>What is equal at the front is found in vectors, the rest is one merge.</remarks>
    public static int Collect(Side side, ReadOnlySpan<BookLevel> before, ReadOnlySpan<BookLevel> now, Span<BookLevel> changes)
    {
        Debug.Assert(changes.Length >= before.Length + now.Length, "room for every level to change");
        int common = MemoryMarshal.Cast<BookLevel, long>(before).CommonPrefixLength(MemoryMarshal.Cast<BookLevel, long>(now)) >> 1;
        int old = common;
        int fresh = common;
        int count = 0;
        long mask = -(long)side;
        while (old < before.Length && fresh < now.Length)
        {
            long oldKey = before[old].Price.Mantissa ^ mask;
            long freshKey = now[fresh].Price.Mantissa ^ mask;
            if (oldKey == freshKey)
            {
                if (before[old].Size != now[fresh].Size)
                    changes[count++] = now[fresh];
                old++;
                fresh++;
            }
            else if (oldKey > freshKey)
            {
                changes[count++] = new BookLevel(before[old++].Price, Size.Zero);
            }
            else
            {
                changes[count++] = now[fresh++];
            }
        }
        while (old < before.Length)
            changes[count++] = new BookLevel(before[old++].Price, Size.Zero);
        while (fresh < now.Length)
            changes[count++] = now[fresh++];
        return count;
    }
}
