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
        _line.Clear().Append(RecordNumbers.Time(head.VenueNs)).Append(',').Append(RecordNumbers.Time(head.ReceiveNs));
        _line.Append(',').Append(RecordNumbers.Time(head.MatchNs)).Append(',').Append(instrument.Symbol);
        if (_levels == 0)
            AppendTrade(in head, instrument);
        else
            AppendBook(in head, levels, instrument);
        _writer.WriteLine(_line);
        return true;
    }

    /// <summary>Writes what is buffered and closes the stream.</summary>
    public void Dispose() => _writer.Dispose();

    private static string Id(long id) => id == 0 ? "" : id.ToString(CultureInfo.InvariantCulture);

    private static string Cell(Instrument instrument, Price price) => price.Mantissa == 0 ? "" : RecordNumbers.Text(instrument, price);

    private static string Cell(Instrument instrument, Size size) => size.Mantissa == 0 ? "" : RecordNumbers.Text(instrument, size);

    private void AppendTrade(in MarketEvent head, Instrument instrument)
    {
        _line.Append(',').Append(RecordNumbers.Text(instrument, head.Price)).Append(',').Append(RecordNumbers.Text(instrument, head.Size));
        _line.Append(',').Append(RecordNumbers.Taker(head.Aggressor)).Append(',').Append(Id(head.LastUpdateId));
    }

    private void AppendBook(in MarketEvent head, ReadOnlySpan<BookLevel> levels, Instrument instrument)
    {
        _line.Append(CultureInfo.InvariantCulture, $",{RecordNumbers.Total(head.TotalAskSize)},{RecordNumbers.Total(head.TotalBidSize)}");
        for (int level = 0; level < _levels; level++)
        {
            BookLevel ask = level < head.AskCount ? levels[head.BidCount + level] : default;
            BookLevel bid = level < head.BidCount ? levels[level] : default;
            _line.Append(',').Append(Cell(instrument, ask.Price)).Append(',').Append(Cell(instrument, bid.Price));
            _line.Append(',').Append(Cell(instrument, ask.Size)).Append(',').Append(Cell(instrument, bid.Size));
        }
    }
}
