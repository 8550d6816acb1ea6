using System;
using System.Diagnostics;
using Obs.Core.Journal;

namespace Obs.Core.Market;

/// <summary>State of a market's book in an engine snapshot. Waiting tickers are not in it: they decide nothing.</summary>
internal static class MarketBookState
{
    /// <summary>Writes levels, visible bounds and parts.</summary>
    /// <exception cref="InvalidOperationException">A level is overrun: books that move the other side away are for compatible runs, which take no snapshots.</exception>
    public static void Save<TBook>(SnapshotWriter writer, TBook book, ReadOnlySpan<Price> worst, ReadOnlySpan<bool> hasWorst, MarketBookParts parts)
        where TBook : struct, IOrderBook<TBook>
    {
        foreach (Side side in stackalloc[] { Side.Bid, Side.Ask })
        {
            ReadOnlySpan<BookLevel> levels = book.ViewAll(side, new BookLevel[book.Count(side)]);
            if (levels.Length > 0 && (!book.Has(side) || book.Best(side) != levels[0].Price))
                BookThrow.OverrunLevels(side, levels[0].Price.Mantissa);
            writer.WriteValues(levels);
            writer.WriteBoolean(hasWorst[(int)side]);
            writer.WriteInt64(worst[(int)side].Mantissa);
        }
        writer.WriteUInt64(book.StateHash);
        parts.Sync.Save(writer);
        parts.Unsequenced.Save(writer);
        parts.Kept.Save(writer);
        parts.Quality.Save(writer);
        parts.Tape.Save(writer);
    }

    /// <summary>Reads what <see cref="Save"/> wrote; checks that the levels give the hash they had.</summary>
    /// <exception cref="InvalidOperationException">They do not.</exception>
    public static void Restore<TBook>(SnapshotReader reader, TBook book, Span<Price> worst, Span<bool> hasWorst, MarketBookParts parts)
        where TBook : struct, IOrderBook<TBook>
    {
        Debug.Assert(book.Count(Side.Bid) + book.Count(Side.Ask) == 0, "a state is read into a new book");
        foreach (Side side in stackalloc[] { Side.Bid, Side.Ask })
        {
            book.Apply(side, reader.ReadValues<BookLevel>());
            hasWorst[(int)side] = reader.ReadBoolean();
            worst[(int)side] = new Price(reader.ReadInt64());
        }
        ulong hash = reader.ReadUInt64();
        if (hash != book.StateHash)
            BookThrow.WrongHash(hash, book.StateHash);
        parts.Sync.Restore(reader);
        parts.Unsequenced.Restore(reader);
        parts.Kept.Restore(reader);
        parts.Quality.Restore(reader);
        parts.Tape.Restore(reader);
    }
}
