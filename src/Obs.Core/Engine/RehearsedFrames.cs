using System;
using System.Diagnostics;
using Obs.Core.Market;

namespace Obs.Core.Engine;

/// <summary>Frames of the past, kept now and then to be played again: many of a kind, because a branch predictor learns a few by heart, and then a new one
/// surprises it at every digit.</summary>
/// <remarks>One thread. No allocation after construction.</remarks>
internal abstract class RehearsedFrames
{
    /// <summary>Frames kept at most.</summary>
    public const int Slots = Books + Trades + Tickers;

    /// <summary>Of them, books: the first slots.</summary>
    public const int Books = 16;

    private const int Trades = 8;
    private const int Tickers = 4;
    private const int KeepEvery = 5;

    private readonly KindSlots[] _kinds = [new KindSlots(0, Books), new KindSlots(Books, Trades), new KindSlots(Books + Trades, Tickers)];

    /// <summary>True when there is no free slot for a book.</summary>
    public bool HasAllBooks => _kinds[0].IsFull;

    /// <summary>The slot a frame of this kind is to be kept in now: a free one, or every fifth time the oldest; −1 for none.</summary>
    public int SlotFor(MarketEventKind kind) => KindOf(kind) is >= 0 and int at ? _kinds[at].Offer(KeepEvery) : -1;

    /// <summary>True when a frame of this kind builds a book.</summary>
    public static bool IsBook(MarketEventKind kind) => KindOf(kind) == 0;

    /// <summary>True for a slot whose frame builds a book.</summary>
    public static bool IsBookSlot(int slot) => slot is >= 0 and < Books;

    /// <summary>Copies a frame into a slot; one that does not fit is left out.</summary>
    /// <param name="slot">From <see cref="SlotFor"/>.</param>
    /// <param name="venue">Whose frame it is.</param>
    /// <param name="payload">Its bytes, where they are at hand.</param>
    /// <param name="e">What they were decoded to.</param>
    /// <param name="levels">Its levels, where the bytes are not at hand.</param>
    /// <returns>True when it was copied.</returns>
    public bool Keep(int slot, VenueId venue, ReadOnlySpan<byte> payload, in MarketEvent e, ReadOnlySpan<BookLevel> levels)
    {
        Debug.Assert(slot is >= 0 and < Slots, "a slot of SlotFor");
        if (!TryCopy(slot, venue, payload, e, levels))
            return false;
        _kinds[KindOf(e.Kind)].Take();
        return true;
    }

    /// <summary>The slot to play in a turn: a book, a trade, a book, a ticker, each kind in its order; −1 where none of the kind was kept.</summary>
    public int SlotOf(int turn)
    {
        int kind = (turn & 3) switch { 1 => 1, 3 => 2, _ => 0 };
        return _kinds[kind].Next();
    }

    /// <summary>Gives a kept frame to a loop as the next one of its stream.</summary>
    public abstract void Play(int slot, RecordLoop loop, FrameSuccession succession);

    /// <summary>Copies a frame; false when it does not fit.</summary>
    protected abstract bool TryCopy(int slot, VenueId venue, ReadOnlySpan<byte> payload, in MarketEvent e, ReadOnlySpan<BookLevel> levels);

    private static int KindOf(MarketEventKind kind) => kind switch
    {
        MarketEventKind.Diff or MarketEventKind.FullBook => 0,
        MarketEventKind.Trade => 1,
        MarketEventKind.BookTicker => 2,
        _ => -1,
    };

    // the slots of one kind, filled and replaced in a round
    private struct KindSlots(int first, int count)
    {
        private int _filled;
        private int _newest = -1;
        private int _played = -1;
        private int _untilKept;

        public readonly bool IsFull => _filled == count;

        public int Offer(int keepEvery)
        {
            if (_filled == count && --_untilKept > 0)
                return -1;
            _untilKept = keepEvery;
            return first + After(_newest, count);
        }

        public void Take()
        {
            _newest = After(_newest, count);
            _filled = Math.Max(_filled, _newest + 1);
        }

        public int Next()
        {
            if (_filled == 0)
                return -1;
            _played = After(_played, _filled);
            return first + _played;
        }

        private static int After(int at, int count) => at + 1 < count ? at + 1 : 0;
    }
}
