using System;
using System.Text;
using Obs.Core.Market;
using Obs.Core.Recordings.Tabular;

namespace Obs.Core.Recordings.Tardis;

/// <summary>What all Tardis tables share: splitting a row, its two times, its market.</summary>
internal sealed class TardisCells(TardisHeader header, CsvRow row)
{
    private readonly int _exchange = header.IndexOf("exchange");
    private readonly int _symbol = header.IndexOf("symbol");
    private readonly int _venueTime = header.IndexOf("timestamp");
    private readonly int _receiveTime = header.IndexOf("local_timestamp");
    private byte[]? _wanted;

    /// <summary>The header.</summary>
    public TardisHeader Header => header;

    /// <summary>Bytes of a cell of the row that was split last; empty where the table lacks the column.</summary>
    public ReadOnlySpan<byte> Cell(ReadOnlySpan<byte> text, int column) => column < 0 ? [] : row[column].Of(text);

    /// <summary>Splits a row and reads what every row has.</summary>
    /// <param name="text">What the cells refer to.</param>
    /// <param name="context">The import.</param>
    /// <param name="head">Instrument and times are filled in.</param>
    /// <param name="skip">True for a row of another market than the one asked for.</param>
    public LineFault ReadRow(ReadOnlySpan<byte> text, ImportContext context, ref MarketEvent head, out bool skip)
    {
        skip = false;
        if (row.Count != header.Count)
            return new LineFault(row.Count < 0 ? BadLineReason.Malformed : BadLineReason.ColumnCount);
        ReadOnlySpan<byte> symbol = Cell(text, _symbol);
        if (context.Options.Symbol is { } only && !symbol.SequenceEqual(_wanted ??= Encoding.UTF8.GetBytes(only)))
        {
            skip = true;
            return default;
        }
        if (symbol.IsEmpty)
            return new LineFault(BadLineReason.MissingField, "symbol");
        LineFault fault = context.FindInstrument(VenueOf(Cell(text, _exchange), context.Options.Venue), symbol, out head.Instrument);
        if (fault.Exists)
            return fault;
        fault = Time(Cell(text, _receiveTime), "local_timestamp", out head.ReceiveNs);
        if (!fault.Exists)
            fault = Time(Cell(text, _venueTime), "timestamp", out head.VenueNs);
        head.MatchNs = head.VenueNs;
        head.TotalAskSize = head.TotalBidSize = double.NaN;
        return fault;
    }

    /// <summary>Splits a line into cells.</summary>
    public ReadOnlySpan<byte> Split(ReadOnlySpan<byte> line) => row.Split(line, (byte)',');

    /// <summary>The venue a Tardis exchange id means; one without decoder of ours keeps the venue the caller named.</summary>
    private static VenueId VenueOf(ReadOnlySpan<byte> exchange, VenueId otherwise)
    {
        if (exchange.SequenceEqual("binance-futures"u8))
            return VenueId.BinanceUsdm;
        if (exchange.SequenceEqual("binance"u8))
            return VenueId.BinanceSpot;
        return exchange.SequenceEqual("upbit"u8) ? VenueId.Upbit : otherwise;
    }

    private static LineFault Time(ReadOnlySpan<byte> text, string field, out long ns)
    {
        ns = 0;
        if (text.IsEmpty)
            return new LineFault(BadLineReason.MissingField, field);
        BadLineReason reason = ScaledNumber.ParseWhole(text, out long value);
        if (reason == BadLineReason.None)
            reason = ReceiveTime.ToNs(value, out ns);
        return reason == BadLineReason.None ? default : new LineFault(reason, field);
    }
}
