using System;
using System.Diagnostics;

namespace Obs.Core.Recordings.Records;

/// <summary>Where the fields of one record stand in its text. Reused from record to record.</summary>
internal sealed class RawRecord
{
    private const int FieldsPerUnit = 4;
    private readonly Slice[] _fields = new Slice[(int)RecordField.Units + 1];
    private Slice[] _units = new Slice[32 * FieldsPerUnit];

    /// <summary>Levels in it.</summary>
    public int UnitCount { get; private set; }

    /// <summary>True when there was a list of levels, even an empty one.</summary>
    public bool IsBook { get; set; }

    /// <summary>A field of the record.</summary>
    public Slice this[RecordField field]
    {
        get => _fields[(int)field];
        set => _fields[(int)field] = value;
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Array.Clear(_fields);
        UnitCount = 0;
        IsBook = false;
    }

    /// <summary>A field of a level.</summary>
    public Slice Unit(int index, RecordField field)
    {
        Debug.Assert(index < UnitCount && field >= RecordField.AskPrice, "a level's field of a level that is there");
        return _units[index * FieldsPerUnit + (field - RecordField.AskPrice)];
    }

    /// <summary>Sets a field of a level; levels between are empty.</summary>
    public void SetUnit(int index, RecordField field, Slice value)
    {
        Debug.Assert(index is >= 0 and < LevelBuffer.MostLevels && field >= RecordField.AskPrice, "a level's field");
        int needed = (index + 1) * FieldsPerUnit;
        if (needed > _units.Length)
            Array.Resize(ref _units, needed * 2);
        if (index >= UnitCount)
        {
            _units.AsSpan(UnitCount * FieldsPerUnit, needed - UnitCount * FieldsPerUnit).Clear();
            UnitCount = index + 1;
        }
        _units[index * FieldsPerUnit + (field - RecordField.AskPrice)] = value;
    }
}
