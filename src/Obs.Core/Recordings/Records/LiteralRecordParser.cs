using System;

namespace Obs.Core.Recordings.Records;

/// <summary>Finds the fields of a record in a Python or JSON literal.</summary>
internal static class LiteralRecordParser
{
    /// <summary>Takes one dict.</summary>
    public static LineFault Parse(ref LiteralCursor cursor, ReadOnlySpan<byte> text, RawRecord record)
    {
        record.Clear();
        if (!cursor.TryTake('{'))
            return new LineFault(BadLineReason.Malformed);
        if (cursor.TryTake('}'))
            return default;
        do
        {
            if (!cursor.TryReadKey(out Slice key))
                return new LineFault(BadLineReason.Malformed);
            LineFault fault = ParseMember(ref cursor, text, RecordNames.FieldOf(key.Of(text)), record);
            if (fault.Exists)
                return fault;
        }
        while (cursor.TryTake(','));
        return cursor.TryTake('}') ? default : new LineFault(BadLineReason.Malformed);
    }

    /// <summary>Takes a list of levels.</summary>
    public static LineFault ParseUnits(ref LiteralCursor cursor, ReadOnlySpan<byte> text, RawRecord record)
    {
        record.IsBook = true;
        if (!cursor.TryTake('['))
            return new LineFault(BadLineReason.WrongType, "orderbook_units");
        if (cursor.TryTake(']'))
            return default;
        int index = 0;
        do
        {
            if (index == LevelBuffer.MostLevels)
                return new LineFault(BadLineReason.TooManyLevels, "orderbook_units");
            if (!TryParseUnit(ref cursor, text, record, index++))
                return new LineFault(BadLineReason.Malformed, "orderbook_units");
        }
        while (cursor.TryTake(','));
        return cursor.TryTake(']') ? default : new LineFault(BadLineReason.Malformed, "orderbook_units");
    }

    private static LineFault ParseMember(ref LiteralCursor cursor, ReadOnlySpan<byte> text, RecordField field, RawRecord record)
    {
        if (field == RecordField.Units)
            return ParseUnits(ref cursor, text, record);
        if (field == RecordField.None)
            return cursor.TrySkip() ? default : new LineFault(BadLineReason.Malformed);
        if (cursor.Peek() is (byte)'{' or (byte)'[')
            return new LineFault(BadLineReason.WrongType, field.ToString());
        if (!cursor.TryReadScalar(out Slice value))
            return new LineFault(BadLineReason.Malformed, field.ToString());
        record[field] = value;
        return default;
    }

    private static bool TryParseUnit(ref LiteralCursor cursor, ReadOnlySpan<byte> text, RawRecord record, int index)
    {
        if (!cursor.TryTake('{'))
            return false;
        record.SetUnit(index, RecordField.AskPrice, default);
        do
        {
            if (!cursor.TryReadKey(out Slice key))
                return false;
            RecordField field = RecordNames.UnitFieldOf(key.Of(text));
            Slice value = default;
            if (field == RecordField.None ? !cursor.TrySkip() : !cursor.TryReadScalar(out value))
                return false;
            if (field != RecordField.None)
                record.SetUnit(index, field, value);
        }
        while (cursor.TryTake(','));
        return cursor.TryTake('}');
    }
}
