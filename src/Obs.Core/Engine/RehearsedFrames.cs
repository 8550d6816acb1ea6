using System;
using System.Diagnostics;
using Obs.Core.Market;

namespace Obs.Core.Engine;

/// <summary>A few frames of the past, kept now and then to be played again: two books or diffs, so that something differs between them; a trade; a ticker.</summary>
/// <remarks>One thread. No allocation after construction.</remarks>
internal abstract class RehearsedFrames
{
    /// <summary>Frames kept.</summary>
    public const int Slots = 4;

    /// <summary>Of them books or diffs: the first ones.</summary>
    public const int BookSlots = 2;

    private const int KeepEvery = 32;

    private readonly bool[] _isFilled = new bool[Slots];
    private readonly int[] _untilKept = new int[Slots];

    /// <summary>The slot a frame of this kind is to be kept in now; −1 for none.</summary>
    public int SlotFor(MarketEventKind kind)
    {
        int slot = kind switch
        {
            MarketEventKind.Diff or MarketEventKind.FullBook => !_isFilled[0] || _untilKept[0] < _untilKept[1] ? 0 : 1,
            MarketEventKind.Trade => 2,
            MarketEventKind.BookTicker => 3,
            _ => -1,
        };
        return slot < 0 || --_untilKept[slot] > 0 ? -1 : slot;
    }

    /// <summary>Copies a frame into a slot; one that does not fit is left out.</summary>
    /// <param name="slot">From <see cref="SlotFor"/>.</param>
    /// <param name="venue">Whose frame it is.</param>
    /// <param name="payload">Its bytes, where they are at hand.</param>
    /// <param name="e">What they were decoded to.</param>
    /// <param name="levels">Its levels, where the bytes are not at hand.</param>
    public void Keep(int slot, VenueId venue, ReadOnlySpan<byte> payload, in MarketEvent e, ReadOnlySpan<BookLevel> levels)
    {
        Debug.Assert(slot is >= 0 and < Slots, "a slot of SlotFor");
        if (!TryCopy(slot, venue, payload, e, levels))
            return;
        _isFilled[slot] = true;
        _untilKept[slot] = KeepEvery;
    }

    /// <summary>A kept frame as the decoder gives it; false for an empty slot. The levels stay valid until the next call.</summary>
    public bool TryRead(int slot, ref MarketEvent e, out ReadOnlySpan<BookLevel> levels)
    {
        levels = default;
        return _isFilled[slot] && Read(slot, ref e, out levels);
    }

    /// <summary>Copies a frame; false when it does not fit.</summary>
    protected abstract bool TryCopy(int slot, VenueId venue, ReadOnlySpan<byte> payload, in MarketEvent e, ReadOnlySpan<BookLevel> levels);

    /// <summary>Reads a frame that was copied.</summary>
    protected abstract bool Read(int slot, ref MarketEvent e, out ReadOnlySpan<BookLevel> levels);
}
