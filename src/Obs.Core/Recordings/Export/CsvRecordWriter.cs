using System;
using System.Globalization;
using System.IO;
using System.Text;
using Obs.Core.Market;

namespace Obs.Core.Recordings.Export;

/// <summary>Writes records as CSV with a header: trades, or books of up to a number of levels. One file holds one of the two.</summary>
internal sealed class CsvRecordWriter : IRecordWriter
{
    private readonly StreamWriter _writer;
    private readonly StringBuilder _line = new();
    private readonly int _levels;

    private CsvRecordWriter(Stream target, int levels, string header)
    {
        _levels = levels;
        _writer = new StreamWriter(target, new UTF8Encoding(false)) { NewLine = "\n" };
        _writer.WriteLine(header);
    }

    /// <summary>A file of trades.</summary>
    public static CsvRecordWriter Trades(Stream target) =>
        new(target, 0, "timestamp,local_timestamp,trade_timestamp,code,trade_price,trade_volume,ask_bid,sequential_id");

    /// <summary>A file of books; deeper ones are not written.</summary>
    public static CsvRecordWriter Books(Stream target, int levels)
    {
        StringBuilder header = new("timestamp,local_timestamp,trade_timestamp,code,total_ask_size,total_bid_size");
        for (int level = 1; level <= levels; level++)
            header.Append(CultureInfo.InvariantCulture, $",ask_price_{level},bid_price_{level},ask_size_{level},bid_size_{level}");
        return new CsvRecordWriter(target, levels, header.ToString());
    }

    /// <inheritdoc/>
    public bool TryWrite(in MarketEvent head, ReadOnlySpan<BookLevel> levels, Instrument instrument)
    {
        if (head.Kind != (_levels == 0 ? MarketEventKind.Trade : MarketEventKind.FullBook) || head.BidCount > _levels || head.AskCount > _levels)
            return false;
        _line.Clear().Append(CultureInfo.InvariantCulture, $"{RecordNumbers.Time(head.VenueNs)},{RecordNumbers.Time(head.ReceiveNs)},{RecordNumbers.Time(head.MatchNs)},{instrument.Symbol}");
        if (_levels == 0)
            _line.Append(CultureInfo.InvariantCulture, $",{RecordNumbers.Text(instrument, head.Price)},{RecordNumbers.Text(instrument, head.Size)},{RecordNumbers.Taker(head.Aggressor)},{Id(head.LastUpdateId)}");
        else
            AppendBook(in head, levels, instrument);
        _writer.WriteLine(_line);
        return true;
    }

    /// <summary>Writes what is buffered and closes the stream.</summary>
    public void Dispose() => _writer.Dispose();

    private static string Id(long id) => id == 0 ? "" : id.ToString(CultureInfo.InvariantCulture);

    private void AppendBook(in MarketEvent head, ReadOnlySpan<BookLevel> levels, Instrument instrument)
    {
        _line.Append(CultureInfo.InvariantCulture, $",{RecordNumbers.Total(head.TotalAskSize)},{RecordNumbers.Total(head.TotalBidSize)}");
        for (int level = 0; level < _levels; level++)
        {
            BookLevel? ask = level < head.AskCount ? levels[head.BidCount + level] : null;
            BookLevel? bid = level < head.BidCount ? levels[level] : null;
            _line.Append(',').Append(ask is { } a ? RecordNumbers.Text(instrument, a.Price) : "").Append(',').Append(bid is { } b ? RecordNumbers.Text(instrument, b.Price) : "");
            _line.Append(',').Append(ask is { } c ? RecordNumbers.Text(instrument, c.Size) : "").Append(',').Append(bid is { } d ? RecordNumbers.Text(instrument, d.Size) : "");
        }
    }
}
