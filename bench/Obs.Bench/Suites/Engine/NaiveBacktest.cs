using System;
using System.Collections.Generic;
using System.Linq;
using Obs.Core.Journal;
using Obs.Core.Market;
using Obs.Core.Recordings.Cache;

namespace Obs.Bench.Suites.Engine;

/// <summary>The backtest one writes first: System.Text.Json, a sorted dictionary a side, an imbalance rule. No checks, no queue, no risk, no ledger.</summary>
internal sealed class NaiveBacktest
{
    private readonly DecodeBaselines.ClassBook _book = new();
    private readonly SortedDictionary<long, long> _bids = new(Comparer<long>.Create(static (left, right) => right.CompareTo(left)));
    private readonly SortedDictionary<long, long> _asks = [];

    /// <summary>Times the rule spoke.</summary>
    public long Signals { get; private set; }

    /// <summary>Reads every frame of a journal as text.</summary>
    public void RunText(RecordedJournal journal)
    {
        _book.Bids.Clear();
        _book.Asks.Clear();
        using JournalReader reader = journal.OpenRaw();
        while (reader.TryRead(out RecordHeader header, out ReadOnlySpan<byte> payload))
        {
            if (header.Kind != RecordKind.VenueFrame)
                continue;
            if (payload.IndexOf("\"depthUpdate\""u8) < 0)
            {
                _ = DecodeBaselines.BinanceElements(payload);
                continue;
            }
            _ = DecodeBaselines.BinanceClasses(payload, _book);
            if (_book.Bids.Count > 0 && _book.Asks.Count > 0)
                Judge((double)_book.Bids.First().Value, (double)_book.Asks.First().Value);
        }
    }

    /// <summary>Reads every decoded event of a recording.</summary>
    public void RunDecoded(RecordedJournal journal)
    {
        _bids.Clear();
        _asks.Clear();
        DecodedCursor cursor = journal.Decoded;
        while (cursor.MoveNext())
        {
            if (!cursor.IsFrame || cursor.Event.Kind is not (MarketEventKind.Diff or MarketEventKind.Snapshot))
                continue;
            Apply(_bids, cursor.Levels[..cursor.Event.BidCount]);
            Apply(_asks, cursor.Levels[cursor.Event.BidCount..]);
            if (_bids.Count > 0 && _asks.Count > 0)
                Judge(_bids.First().Value, _asks.First().Value);
        }
    }

    private static void Apply(SortedDictionary<long, long> side, ReadOnlySpan<BookLevel> levels)
    {
        foreach (BookLevel level in levels)
        {
            if (level.Size == Size.Zero)
                side.Remove(level.Price.Mantissa);
            else
                side[level.Price.Mantissa] = level.Size.Mantissa;
        }
    }

    private void Judge(double bid, double ask)
    {
        if (Math.Abs(bid - ask) >= 0.6 * (bid + ask))
            Signals++;
    }
}
