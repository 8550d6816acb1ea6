using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;

namespace Obs.Core.Models;

/// <summary>Feature rows of a CSV file with a header, in the order that a model wants them.</summary>
/// <remarks>Columns are found by name; others (timestamp, symbol) are passed over. A row with an empty feature exists, but has no values.
/// Offline; allocates per row.</remarks>
internal sealed class FeatureCsv
{
    private readonly TextReader _reader;
    private readonly string _name;
    private readonly IReadOnlyList<string> _features;
    private readonly int[] _columns;
    private readonly int _columnCount;
    private long _line = 1;

    /// <summary>Reads the header and finds the model's features in it.</summary>
    /// <param name="reader">The text; the caller closes it.</param>
    /// <param name="name">File name for messages.</param>
    /// <param name="model">The model whose features are wanted.</param>
    /// <exception cref="ModelException">There is no header, a feature has no column, or a name stands twice.</exception>
    public FeatureCsv(TextReader reader, string name, SequenceModel model)
    {
        (_reader, _name, _features) = (reader, name, model.Metadata.Features);
        string? header = reader.ReadLine();
        if (string.IsNullOrWhiteSpace(header))
            Throw.Model(name, $"line 1: there is no header; begin the file with {string.Join(',', _features)}.");
        string[] names = (header ?? "").TrimStart('\uFEFF').Split(',', StringSplitOptions.TrimEntries);
        _columnCount = names.Length;
        _columns = new int[_features.Count];
        for (int i = 0; i < _columns.Length; i++)
            _columns[i] = Column(names, _features[i], model.Name);
    }

    /// <summary>Index of the row last read, from 0; −1 before the first.</summary>
    public long Row { get; private set; } = -1;

    /// <summary>Reads the next row; false at the end.</summary>
    /// <param name="row">One value per feature of the model.</param>
    /// <param name="isComplete">False when a feature is empty; the values are then not to be used.</param>
    /// <exception cref="ModelException">A cell is missing or is no finite number.</exception>
    public bool TryRead(Span<double> row, out bool isComplete)
    {
        isComplete = true;
        string? text = _reader.ReadLine();
        _line++;
        if (string.IsNullOrWhiteSpace(text))
        {
            if (text is not null && !string.IsNullOrWhiteSpace(_reader.ReadToEnd()))
                Throw.Model(_name, $"line {_line}: an empty line between rows; remove it, a row without values has only commas.");
            return false;
        }
        string[] cells = text.Split(',');
        if (cells.Length != _columnCount)
            Throw.Model(_name, $"line {_line}: {cells.Length} cells under a header of {_columnCount}; the file is damaged or cut off.");
        for (int i = 0; i < _columns.Length; i++)
        {
            ReadOnlySpan<char> cell = cells[_columns[i]].AsSpan().Trim();
            row[i] = 0;
            if (cell.IsEmpty)
                isComplete = false;
            else if (!double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out row[i]) || !double.IsFinite(row[i]))
                Throw.Model(_name, $"line {_line}: {_features[i]} is '{cell}'; it is a finite number or empty.");
        }
        Row++;
        return true;
    }

    private int Column(string[] names, string feature, string modelName)
    {
        int column = Array.IndexOf(names, feature);
        if (column < 0)
        {
            Throw.Model(
                _name,
                $"line 1: column '{feature}' is missing, {modelName} reads {string.Join(',', _features)}; the header has {string.Join(',', names)}.");
        }
        if (Array.IndexOf(names, feature, column + 1) >= 0)
            Throw.Model(_name, $"line 1: column '{feature}' stands twice; keep one.");
        return column;
    }
}
