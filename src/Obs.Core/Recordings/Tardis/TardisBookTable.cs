using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using Obs.Core.Market;

namespace Obs.Core.Recordings.Tardis;

/// <summary>Reads incremental_book_L2: rows of one venue message share local_timestamp and become one diff; the book is only consistent between them.</summary>
/// <remarks>The first true is_snapshot after a false clears the book (<see cref="MarketEventFlags.ClearFirst"/>). Rows before the first
/// snapshot of a market are passed over. A bad row is left out of its diff. The feed has no sequence numbers, so its diffs are marked unsequenced.
/// Each daily file begins with the book restated. At the seam of two files of one import that is no news of the venue and no resynchronisation: the
/// restated book becomes a diff against the one that stands.</remarks>
internal sealed class TardisBookTable : ITardisTable
{
    private readonly LevelBuffer _levels = new();
    private readonly Dictionary<ushort, bool> _wasSnapshot = [];
    private readonly Dictionary<ushort, ClearedLevels> _books = [];
    private readonly HashSet<ushort> _atSeam = [];
    private readonly HashSet<long>[] _restated = [[], []];
    private MarketEvent _head;
    private bool _headIsSnapshot;
    private bool _open;
    private long _beforeSnapshot;

    /// <inheritdoc/>
    public void Read(ByteSource source, ImportContext context, TardisCells cells)
    {
        _atSeam.UnionWith(_wasSnapshot.Keys);
        int snapshot = cells.Header.IndexOf("is_snapshot");
        int side = cells.Header.IndexOf("side");
        int price = cells.Header.IndexOf("price");
        int amount = cells.Header.IndexOf("amount");
        while (source.TryReadLine(out ReadOnlySpan<byte> line))
        {
            if (line.IsEmpty)
                continue;
            context.Counts.Lines++;
            ReadOnlySpan<byte> text = cells.Split(line);
            MarketEvent head = default;
            bool skip = false;
            LineFault fault = source.TooLong ? new LineFault(BadLineReason.LineTooLong) : cells.ReadRow(text, context, ref head, out skip);
            if (!fault.Exists && !skip)
            {
                Row row = new(cells.Cell(text, snapshot), cells.Cell(text, side), cells.Cell(text, price), cells.Cell(text, amount));
                fault = Add(source.LineNumber, row, in head, context);
            }
            context.Counts.Skipped += skip ? 1 : 0;
            if (fault.Exists)
                context.Bad(source.LineNumber, fault, line);
        }
        Flush(source.LineNumber, context);
        _atSeam.Clear();
        if (_beforeSnapshot > 0)
            context.Counts.Note(string.Create(CultureInfo.InvariantCulture, $"{_beforeSnapshot} rows before the first snapshot were passed over"));
    }

    private LineFault Add(long line, Row row, in MarketEvent head, ImportContext context)
    {
        if (!TryBoolean(row.Snapshot, out bool isSnapshot))
            return new LineFault(BadLineReason.WrongType, "is_snapshot");
        if (!isSnapshot && !_wasSnapshot.ContainsKey(head.Instrument) && !(_open && _headIsSnapshot && _head.Instrument == head.Instrument))
        {
            _beforeSnapshot++;
            context.Counts.Skipped++;
            return default;
        }
        bool bid = row.Side.SequenceEqual("bid"u8);
        if (!bid && !row.Side.SequenceEqual("ask"u8))
            return new LineFault(BadLineReason.UnknownSide, "side");
        Instrument instrument = context.Registry[head.Instrument];
        LineFault fault = LevelReading.Price(row.Price, instrument, "price", out Price price);
        if (fault.Exists)
            return fault;
        fault = LevelReading.Size(row.Amount, instrument, "amount", out Size size);
        if (fault.Exists)
            return fault;
        bool same = _open && _head.ReceiveNs == head.ReceiveNs && _head.Instrument == head.Instrument && _headIsSnapshot == isSnapshot;
        if (!same || _levels.Count == LevelBuffer.MostLevels)
            Flush(line - 1, context);
        _head = head;
        _headIsSnapshot = isSnapshot;
        _open = true;
        bool added = _levels.TryAdd(bid ? Side.Bid : Side.Ask, price, size);
        Debug.Assert(added, "a full buffer was given on before");
        return default;
    }

    private void Flush(long line, ImportContext context)
    {
        if (!_open)
            return;
        bool wasSnapshot = _wasSnapshot.GetValueOrDefault(_head.Instrument);
        bool isSeam = _atSeam.Remove(_head.Instrument) && _headIsSnapshot;
        _head.Kind = MarketEventKind.Diff;
        _head.Flags = MarketEventFlags.Unsequenced | (_headIsSnapshot && !wasSnapshot && !isSeam ? MarketEventFlags.ClearFirst : MarketEventFlags.None);
        if (isSeam)
            RemoveWhatIsGone(line, context);
        Give(line, context);
        _wasSnapshot[_head.Instrument] = _headIsSnapshot;
        _open = false;
    }

    // levels of the book that stands and that the restated one lacks
    private void RemoveWhatIsGone(long line, ImportContext context)
    {
        Restate(Side.Bid, _levels.Bids);
        Restate(Side.Ask, _levels.Asks);
        ClearedLevels book = BookOf(_head.Instrument);
        foreach (Side side in (Side[])[Side.Bid, Side.Ask])
        {
            foreach (Price price in book.All(side))
            {
                if (_restated[(int)side].Contains(price.Mantissa))
                    continue;
                if (_levels.Count == LevelBuffer.MostLevels)
                    Give(line, context);
                bool added = _levels.TryAdd(side, price, Size.Zero);
                Debug.Assert(added, "a full buffer was given on before");
            }
        }
    }

    private void Restate(Side side, ReadOnlySpan<BookLevel> levels)
    {
        _restated[(int)side].Clear();
        foreach (ref readonly BookLevel level in levels)
            _restated[(int)side].Add(level.Price.Mantissa);
    }

    private void Give(long line, ImportContext context)
    {
        ClearedLevels book = BookOf(_head.Instrument);
        if ((_head.Flags & MarketEventFlags.ClearFirst) != 0)
            book.Clear();
        book.Set(Side.Bid, _levels.Bids);
        book.Set(Side.Ask, _levels.Asks);
        if (context.InSpan(_head.ReceiveNs))
            context.Event(line, ref _head, _head.ReceiveNs, _levels.Bids, _levels.Asks);
        _levels.Clear();
    }

    private ClearedLevels BookOf(ushort instrument)
    {
        if (!_books.TryGetValue(instrument, out ClearedLevels? book))
            _books[instrument] = book = new ClearedLevels();
        return book;
    }

    private static bool TryBoolean(ReadOnlySpan<byte> text, out bool value)
    {
        value = text.SequenceEqual("true"u8) || text.SequenceEqual("True"u8);
        return value || text.SequenceEqual("false"u8) || text.SequenceEqual("False"u8);
    }

    /// <summary>The table's own cells of one row.</summary>
    private readonly ref struct Row(ReadOnlySpan<byte> snapshot, ReadOnlySpan<byte> side, ReadOnlySpan<byte> price, ReadOnlySpan<byte> amount)
    {
        /// <summary>is_snapshot.</summary>
        public readonly ReadOnlySpan<byte> Snapshot = snapshot;

        /// <summary>side.</summary>
        public readonly ReadOnlySpan<byte> Side = side;

        /// <summary>price.</summary>
        public readonly ReadOnlySpan<byte> Price = price;

        /// <summary>amount.</summary>
        public readonly ReadOnlySpan<byte> Amount = amount;
    }
}
