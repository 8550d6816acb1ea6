using System;
using System.Buffers.Text;
using System.Collections.Generic;
using Obs.Core.Market;

namespace Obs.Core.Recordings.Tardis;

/// <summary>Reads trades. The side is the taker's; where it is unknown the tick rule stands in (up or unchanged after up: bought), which is noted.</summary>
/// <remarks>Ids that are whole numbers are kept, others (UUIDs) become 0, which means none.</remarks>
internal sealed class TardisTradeTable : ITardisTable
{
    private readonly Dictionary<ushort, (Price Price, Side Side)> _last = [];

    /// <inheritdoc/>
    public void Read(ByteSource source, ImportContext context, TardisCells cells)
    {
        int id = cells.Header.IndexOf("id");
        int side = cells.Header.IndexOf("side");
        int price = cells.Header.IndexOf("price");
        int amount = cells.Header.IndexOf("amount");
        while (source.TryReadLine(out ReadOnlySpan<byte> line))
        {
            if (line.IsEmpty)
                continue;
            context.Counts.Lines++;
            ReadOnlySpan<byte> text = cells.Split(line);
            MarketEvent head = new() { Kind = MarketEventKind.Trade };
            bool skip = false;
            LineFault fault = source.TooLong ? new LineFault(BadLineReason.LineTooLong) : cells.ReadRow(text, context, ref head, out skip);
            if (!fault.Exists && !skip)
                fault = ReadTrade(cells.Cell(text, price), cells.Cell(text, amount), cells.Cell(text, side), context, ref head);
            if (fault.Exists)
            {
                context.Bad(source.LineNumber, fault, line);
                continue;
            }
            context.Counts.Skipped += skip ? 1 : 0;
            ReadOnlySpan<byte> number = skip ? default : cells.Cell(text, id);
            head.LastUpdateId = Utf8Parser.TryParse(number, out long value, out int used) && used == number.Length && value > 0 ? value : 0;
            if (!skip && context.InSpan(head.ReceiveNs))
                context.Event(source.LineNumber, ref head, head.ReceiveNs, [], []);
        }
    }

    private LineFault ReadTrade(ReadOnlySpan<byte> price, ReadOnlySpan<byte> amount, ReadOnlySpan<byte> side, ImportContext context, ref MarketEvent head)
    {
        Instrument instrument = context.Registry[head.Instrument];
        LineFault fault = LevelReading.Price(price, instrument, "price", out head.Price);
        if (fault.Exists)
            return fault;
        fault = LevelReading.Size(amount, instrument, "amount", out head.Size);
        if (fault.Exists)
            return fault;
        if (head.Size.Mantissa == 0)
            return new LineFault(BadLineReason.BadSize, "amount");
        (Price Price, Side Side) last = _last.GetValueOrDefault(head.Instrument);
        if (side.SequenceEqual("buy"u8))
            head.Aggressor = Side.Bid;
        else if (side.SequenceEqual("sell"u8))
            head.Aggressor = Side.Ask;
        else if (side.SequenceEqual("unknown"u8) || side.IsEmpty)
            head.Aggressor = Guess(head.Price, last, context);
        else
            return new LineFault(BadLineReason.UnknownSide, "side");
        _last[head.Instrument] = (head.Price, head.Aggressor);
        return default;
    }

    private static Side Guess(Price price, (Price Price, Side Side) last, ImportContext context)
    {
        context.Counts.Note("some trades have no side: the tick rule stands in");
        return price == last.Price ? last.Side : price > last.Price ? Side.Bid : Side.Ask;
    }
}
