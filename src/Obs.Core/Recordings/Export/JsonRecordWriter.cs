using System;
using System.Globalization;
using System.IO;
using System.Text;
using Obs.Core.Market;

namespace Obs.Core.Recordings.Export;

/// <summary>Writes records as JSON lines.</summary>
internal sealed class JsonRecordWriter(Stream target) : IRecordWriter
{
    private readonly StreamWriter _writer = new(target, new UTF8Encoding(false)) { NewLine = "\n" };
    private readonly StringBuilder _line = new();

    /// <inheritdoc/>
    public bool TryWrite(in MarketEvent head, ReadOnlySpan<BookLevel> levels, Instrument instrument)
    {
        if (head.Kind is not (MarketEventKind.FullBook or MarketEventKind.Trade))
            return false;
        _line.Clear().Append(CultureInfo.InvariantCulture, $"{{\"timestamp\":{RecordNumbers.Time(head.VenueNs)},\"code\":\"{instrument.Symbol}\"");
        if (head.ReceiveNs != head.VenueNs)
            _line.Append(CultureInfo.InvariantCulture, $",\"local_timestamp\":{RecordNumbers.Time(head.ReceiveNs)}");
        if (head.MatchNs != head.VenueNs)
            _line.Append(CultureInfo.InvariantCulture, $",\"trade_timestamp\":{RecordNumbers.Time(head.MatchNs)}");
        if (head.Kind == MarketEventKind.Trade)
            AppendTrade(in head, instrument);
        else
            AppendBook(in head, levels, instrument);
        _writer.WriteLine(_line.Append('}'));
        return true;
    }

    /// <summary>Writes what is buffered and closes the stream.</summary>
    public void Dispose() => _writer.Dispose();

    private void AppendTrade(in MarketEvent head, Instrument instrument)
    {
        _line.Append(CultureInfo.InvariantCulture, $",\"trade_price\":{RecordNumbers.Text(instrument, head.Price)},\"trade_volume\":{RecordNumbers.Text(instrument, head.Size)}");
        _line.Append(CultureInfo.InvariantCulture, $",\"ask_bid\":\"{RecordNumbers.Taker(head.Aggressor)}\"");
        if (head.LastUpdateId != 0)
            _line.Append(CultureInfo.InvariantCulture, $",\"sequential_id\":{head.LastUpdateId}");
    }

    private void AppendBook(in MarketEvent head, ReadOnlySpan<BookLevel> levels, Instrument instrument)
    {
        (string askTotal, string bidTotal) = (RecordNumbers.Total(head.TotalAskSize) ?? "null", RecordNumbers.Total(head.TotalBidSize) ?? "null");
        _line.Append(CultureInfo.InvariantCulture, $",\"total_ask_size\":{askTotal},\"total_bid_size\":{bidTotal},\"orderbook_units\":[");
        for (int unit = 0; unit < Math.Max(head.BidCount, head.AskCount); unit++)
        {
            _line.Append(unit == 0 ? "{" : ",{");
            if (unit < head.AskCount)
                AppendLevel("ask", levels[head.BidCount + unit], instrument);
            if (unit < head.BidCount)
            {
                _line.Append(unit < head.AskCount ? "," : "");
                AppendLevel("bid", levels[unit], instrument);
            }
            _line.Append('}');
        }
        _line.Append(']');
    }

    private void AppendLevel(string side, BookLevel level, Instrument instrument) =>
        _line.Append(CultureInfo.InvariantCulture, $"\"{side}_price\":{RecordNumbers.Text(instrument, level.Price)},\"{side}_size\":{RecordNumbers.Text(instrument, level.Size)}");
}
