using System;
using System.Diagnostics;
using System.Globalization;
using Obs.Core.Market;

namespace Obs.Core.Recordings.Tabular;

/// <summary>Reads polled books, one level a line: price, quantity, type (0 bid, 1 ask), text time; comma or bar; a header may name the columns.</summary>
/// <remarks>Consecutive lines of one time are one book. The time is the collector's own, so the books are marked unsequenced: stale repeats must be
/// found by content (docs/concepts/book-quality.md). A level of size 0 is no level.
/// A bad line spoils its book, which is left out. About 0.3 µs a line.</remarks>
internal sealed class PolledBookReader : IRecordingReader
{
    private readonly CsvRow _row = new();
    private readonly LevelBuffer _levels = new();
    private readonly byte[] _time = new byte[64];
    private int _timeLength;
    private long _bookNs;
    private bool _spoiled;
    private long _booksLeftOut;
    private PolledColumns _columns = new(0, 1, 2, 3);
    private int _width = 4;

    /// <inheritdoc/>
    public void Read(ByteSource source, ImportContext context)
    {
        byte separator = source.Peek(200).Contains((byte)'|') ? (byte)'|' : (byte)',';
        context.FindInstrument(context.Options.Venue, default, out ushort index);
        bool first = true;
        while (source.TryReadLine(out ReadOnlySpan<byte> line))
        {
            ReadOnlySpan<byte> text = _row.Split(line, separator);
            if (line.IsEmpty || (first && IsHeader(text)))
            {
                first &= line.IsEmpty;
                continue;
            }
            first = false;
            context.Counts.Lines++;
            LineFault fault = source.TooLong ? new LineFault(BadLineReason.LineTooLong) : ReadRow(source.LineNumber, text, context, index);
            if (!fault.Exists)
                continue;
            _spoiled = true;
            context.Bad(source.LineNumber, fault, line);
        }
        Flush(source.LineNumber, context, index);
        if (_booksLeftOut > 0)
            context.Counts.Note(string.Create(CultureInfo.InvariantCulture, $"{_booksLeftOut} books were left out because one of their lines was bad"));
    }

    private LineFault ReadRow(long line, ReadOnlySpan<byte> text, ImportContext context, ushort index)
    {
        if (_row.Count != _width)
            return new LineFault(BadLineReason.ColumnCount);
        ReadOnlySpan<byte> time = _row[_columns.Time].Of(text);
        if (!time.SequenceEqual(_time.AsSpan(0, _timeLength)))
        {
            if (!TimeText.TryParse(time, context.Options.UtcOffsetMinutes, out long ns))
                return new LineFault(BadLineReason.NoTime, "timestamp");
            Flush(line - 1, context, index);
            time.CopyTo(_time);
            _timeLength = time.Length;
            _bookNs = ns;
        }
        ReadOnlySpan<byte> type = _row[_columns.Type].Of(text);
        if (type is not [(byte)'0'] and not [(byte)'1'])
            return new LineFault(BadLineReason.UnknownSide, "type");
        Instrument instrument = context.Registry[index];
        LineFault fault = LevelReading.Price(_row[_columns.Price].Of(text), instrument, "price", out Price price);
        if (fault.Exists)
            return fault;
        fault = LevelReading.Size(_row[_columns.Quantity].Of(text), instrument, "quantity", out Size size);
        if (fault.Exists || size.Mantissa == 0)
            return fault;
        return _levels.TryAdd(type[0] == '0' ? Side.Bid : Side.Ask, price, size) ? default : new LineFault(BadLineReason.TooManyLevels);
    }

    private void Flush(long line, ImportContext context, ushort index)
    {
        _levels.SortBestFirst();
        if (_spoiled)
        {
            _booksLeftOut++;
        }
        else if (!_levels.IsStrictlySorted())
        {
            _booksLeftOut++;
            context.Bad(line, new LineFault(BadLineReason.Unsorted, "price"), _time.AsSpan(0, _timeLength));
        }
        else if (_levels.Count > 0 && context.InSpan(_bookNs))
        {
            Debug.Assert(_timeLength > 0, "a book with levels has a time");
            MarketEvent head = new()
            {
                Kind = MarketEventKind.FullBook,
                Flags = MarketEventFlags.Unsequenced,
                Instrument = index,
                VenueNs = _bookNs,
                MatchNs = _bookNs,
                TotalAskSize = double.NaN,
                TotalBidSize = double.NaN,
            };
            context.Event(line, ref head, _bookNs, _levels.Bids, _levels.Asks);
        }
        _levels.Clear();
        _spoiled = false;
    }

    private bool IsHeader(ReadOnlySpan<byte> text)
    {
        PolledColumns found = new(-1, -1, -1, -1);
        for (int cell = 0; cell < _row.Count; cell++)
        {
            ReadOnlySpan<byte> name = _row[cell].Of(text);
            if (name.SequenceEqual("price"u8))
                found = found with { Price = cell };
            else if (name.SequenceEqual("quantity"u8))
                found = found with { Quantity = cell };
            else if (name.SequenceEqual("type"u8))
                found = found with { Type = cell };
            else if (name.SequenceEqual("timestamp"u8))
                found = found with { Time = cell };
        }
        bool header = found is { Price: >= 0, Quantity: >= 0, Type: >= 0, Time: >= 0 };
        if (header)
            (_columns, _width) = (found, _row.Count);
        Debug.Assert(_width >= 4, "a row has the four cells that are needed");
        return header;
    }

    /// <summary>Which cell holds what.</summary>
    private readonly record struct PolledColumns(int Price, int Quantity, int Type, int Time);
}
