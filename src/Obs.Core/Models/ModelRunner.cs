using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using Obs.Core.Models.Sequence;

namespace Obs.Core.Models;

/// <summary>Runs a model over a file of feature rows: <c>obs predict</c>.</summary>
internal static class ModelRunner
{
    /// <summary>Reads rows and hands over a prediction per full window: index of the window's last row (from 0), value in the model's own
    /// unit.</summary>
    /// <param name="model">The model.</param>
    /// <param name="rows">CSV with a header; the caller closes it.</param>
    /// <param name="rowsName">Its name, for messages.</param>
    /// <param name="path">How to compute.</param>
    /// <param name="onPrediction">Called in row order.</param>
    /// <exception cref="ModelException">The rows do not fit the model or cannot be read.</exception>
    public static ModelRun Run(SequenceModel model, TextReader rows, string rowsName, SequencePath path, Action<long, double> onPrediction)
    {
        FeatureCsv csv = new(rows, rowsName, model);
        ISequenceSession session = SequenceSessions.Create(model, path);
        double[] row = new double[model.Features];
        long skipped = 0, predictions = 0;
        while (csv.TryRead(row, out bool isComplete))
        {
            if (!isComplete)
            {
                skipped++;
                continue;
            }
            PredictionStatus status = session.OnRow(row, out double prediction);
            Debug.Assert(status != PredictionStatus.InvalidInput, "the reader lets finite rows of the right length pass only");
            while (session.RunBackgroundSlice())
            {
                // nothing waits between rows of a file
            }
            if (status != PredictionStatus.Ready)
                continue;
            predictions++;
            onPrediction(csv.Row, prediction);
        }
        return new ModelRun(csv.Row + 1, skipped, predictions, session.OutOfRangeInputs);
    }

    /// <summary>The same from file to CSV text <c>row,prediction</c>, one line per full window.</summary>
    /// <exception cref="ModelException">Model or rows cannot be used.</exception>
    public static ModelRun Run(string modelPath, string rowsPath, SequencePath path, TextWriter output)
    {
        SequenceModel model = ModelFile.Load(modelPath);
        using StreamReader rows = Open(rowsPath);
        output.Write("row,prediction\n");
        return Run(model, rows, rowsPath, path, (row, prediction) =>
            output.Write(string.Create(CultureInfo.InvariantCulture, $"{row},{prediction:R}\n")));
    }

    private static StreamReader Open(string path)
    {
        try
        {
            return new StreamReader(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new ModelException($"{path}: cannot be read ({problem.Message}); give a CSV of feature rows.", problem);
        }
    }
}
