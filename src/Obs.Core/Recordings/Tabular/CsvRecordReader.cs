using System;
using System.Buffers.Text;
using System.Text.Unicode;
using Obs.Core.Market;
using Obs.Core.Recordings.Records;

namespace Obs.Core.Recordings.Tabular;

/// <summary>Reads book and trade records of a CSV with a header, columns in any order, named as in <see cref="RecordField"/>; levels as <c>ask_price_1 … bid_size_N</c> or as one
/// quoted <c>orderbook_units</c> cell. Times may be text of whole seconds (Upbit trade lists), then see <see cref="TradeSecond"/>.</summary>
internal sealed class CsvRecordReader : IRecordingReader
{
    private readonly CsvRow _row = new();
    private readonly RawRecord _record = new();
    private RecordColumn[] _columns = [];

    /// <inheritdoc/>
    public void Read(ByteSource source, ImportContext context)
    {
        RecordDecoder decoder = new(context);
        TradeSecond second = new(context);
        TakerCodingEvidence evidence = new();
        ReadHeader(source);
        while (source.TryReadLine(out ReadOnlySpan<byte> line))
        {
            if (line.IsEmpty)
                continue;
            context.Counts.Lines++;
            LineFault fault = source.TooLong ? new LineFault(BadLineReason.LineTooLong)
                : !Utf8.IsValid(line) ? new LineFault(BadLineReason.WrongEncoding) : default;
            bool textTime = false;
            MarketEvent head = default;
            if (!fault.Exists)
                fault = ReadRow(line, decoder, out head, out textTime);
            if (fault.Exists)
            {
                context.Bad(source.LineNumber, fault, line);
                continue;
            }
            if (decoder.SideWasNumber && head.Kind == MarketEventKind.Trade)
                evidence.Add(in head);
            if (textTime && head.Kind == MarketEventKind.Trade && head.LastUpdateId > 0)
                second.Add(in head, source.LineNumber);
            else if (context.InSpan(head.ReceiveNs))
                context.Event(source.LineNumber, ref head, head.ReceiveNs, decoder.Levels.Bids, decoder.Levels.Asks);
        }
        second.Flush();
        if (evidence.Remark() is { } remark)
            context.Counts.Note(remark);
    }

    private void ReadHeader(ByteSource source)
    {
        if (!source.TryReadLine(out ReadOnlySpan<byte> line))
            ImportThrow.Empty(source.Name);
        ReadOnlySpan<byte> text = _row.Split(line, (byte)',');
        _columns = new RecordColumn[Math.Max(_row.Count, 0)];
        bool usable = false;
        for (int index = 0; index < _columns.Length; index++)
        {
            _columns[index] = RecordColumn.Of(_row[index].Of(text));
            usable |= _columns[index].Field == RecordField.Timestamp;
        }
        if (!usable)
            ImportThrow.NotSupported(source.Name, 1, "the first line is no header with a column timestamp; columns are named like the members of Upbit's messages (timestamp, code or market, trade_price, trade_volume, ask_bid, ask_price_1, …).");
    }

    private LineFault ReadRow(ReadOnlySpan<byte> line, RecordDecoder decoder, out MarketEvent head, out bool textTime)
    {
        head = default;
        textTime = false;
        ReadOnlySpan<byte> text = _row.Split(line, (byte)',');
        if (_row.Count != _columns.Length)
            return new LineFault(_row.Count < 0 ? BadLineReason.Malformed : BadLineReason.ColumnCount);
        _record.Clear();
        for (int index = 0; index < _columns.Length; index++)
        {
            Slice cell = _row[index];
            RecordColumn column = _columns[index];
            if (column.Field == RecordField.None || cell.IsEmpty)
                continue;
            if (column.Field == RecordField.Units)
            {
                LiteralCursor cursor = new(text, cell);
                LineFault fault = LiteralRecordParser.ParseUnits(ref cursor, text, _record);
                if (fault.Exists)
                    return fault;
            }
            else if (column.Field >= RecordField.AskPrice)
            {
                _record.SetUnit(column.Unit, column.Field, cell);
                _record.IsBook = true;
            }
            else
            {
                _record[column.Field] = cell;
            }
        }
        ReadOnlySpan<byte> stamp = _record[RecordField.Timestamp].Of(text);
        textTime = stamp.Length == 19 && stamp[4] == '-';
        return decoder.Decode(text, _record, out head);
    }

    /// <summary>What a column holds; for levels, of which.</summary>
    private readonly record struct RecordColumn(RecordField Field, int Unit)
    {
        /// <summary>Reads a column name.</summary>
        public static RecordColumn Of(ReadOnlySpan<byte> name)
        {
            name = name.Trim((byte)' ');
            RecordField field = RecordNames.FieldOf(name);
            if (field != RecordField.None)
                return new RecordColumn(field, 0);
            int digits = name.LastIndexOfAnyExceptInRange((byte)'0', (byte)'9') + 1;
            if (digits == name.Length || !Utf8Parser.TryParse(name[digits..], out int number, out _) || number is < 1 or > LevelBuffer.MostLevels / 2)
                return default;
            field = RecordNames.UnitFieldOf(name[..digits].TrimEnd((byte)'_'));
            return new RecordColumn(field, number - 1);
        }
    }
}
