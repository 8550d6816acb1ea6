using System;
using System.Collections.Generic;
using System.Globalization;
using Obs.Core.Market;

namespace Obs.Core.Recordings.Tardis;

/// <summary>Reads book_snapshot_5 and _25: a whole book a row, ask before bid at each level, empty cells where a side is thinner.</summary>
/// <remarks>Where the venue gives no time, Tardis repeats the local one; such a row is marked unsequenced: only its content can tell a repeat.</remarks>
internal sealed class TardisSnapshotTable : ITardisTable
{
    private readonly LevelBuffer _levels = new();
    private readonly List<(int AskPrice, int AskAmount, int BidPrice, int BidAmount)> _columns = [];

    /// <inheritdoc/>
    public void Read(ByteSource source, ImportContext context, TardisCells cells)
    {
        FindColumns(cells.Header);
        while (source.TryReadLine(out ReadOnlySpan<byte> line))
        {
            if (line.IsEmpty)
                continue;
            context.Counts.Lines++;
            ReadOnlySpan<byte> text = cells.Split(line);
            MarketEvent head = new() { Kind = MarketEventKind.FullBook };
            bool skip = false;
            LineFault fault = source.TooLong ? new LineFault(BadLineReason.LineTooLong) : cells.ReadRow(text, context, ref head, out skip);
            if (!fault.Exists && !skip)
                fault = ReadLevels(text, cells, context.Registry[head.Instrument]);
            if (fault.Exists)
                context.Bad(source.LineNumber, fault, line);
            else if (skip)
                context.Counts.Skipped++;
            else
                Give(source.LineNumber, ref head, context);
        }
    }

    private void Give(long line, ref MarketEvent head, ImportContext context)
    {
        if (head.VenueNs == head.ReceiveNs)
            head.Flags = MarketEventFlags.Unsequenced;
        if (context.InSpan(head.ReceiveNs))
            context.Event(line, ref head, head.ReceiveNs, _levels.Bids, _levels.Asks);
    }

    private void FindColumns(TardisHeader header)
    {
        for (int level = 0; header.Has(Name("asks", level, "price")); level++)
        {
            _columns.Add((header.IndexOf(Name("asks", level, "price")), header.IndexOf(Name("asks", level, "amount")),
                header.IndexOf(Name("bids", level, "price")), header.IndexOf(Name("bids", level, "amount"))));
        }
    }

    private static string Name(string side, int level, string what) => string.Create(CultureInfo.InvariantCulture, $"{side}[{level}].{what}");

    private LineFault ReadLevels(ReadOnlySpan<byte> text, TardisCells cells, Instrument instrument)
    {
        _levels.Clear();
        foreach ((int askPrice, int askAmount, int bidPrice, int bidAmount) in _columns)
        {
            LineFault fault = AddLevel(Side.Ask, cells.Cell(text, askPrice), cells.Cell(text, askAmount), instrument);
            if (!fault.Exists)
                fault = AddLevel(Side.Bid, cells.Cell(text, bidPrice), cells.Cell(text, bidAmount), instrument);
            if (fault.Exists)
                return fault;
        }
        if (_levels.Count == 0)
            return new LineFault(BadLineReason.MissingField, "asks[0].price");
        return _levels.IsStrictlySorted() ? default : new LineFault(BadLineReason.Unsorted);
    }

    private LineFault AddLevel(Side side, ReadOnlySpan<byte> priceText, ReadOnlySpan<byte> sizeText, Instrument instrument)
    {
        if (priceText.IsEmpty && sizeText.IsEmpty)
            return default;
        LineFault fault = LevelReading.Price(priceText, instrument, "price", out Price price);
        if (fault.Exists)
            return fault;
        fault = LevelReading.Size(sizeText, instrument, "amount", out Size size);
        if (fault.Exists || size.Mantissa == 0)
            return fault;
        return _levels.TryAdd(side, price, size) ? default : new LineFault(BadLineReason.TooManyLevels);
    }
}
