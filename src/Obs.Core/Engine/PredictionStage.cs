using System.Diagnostics;
using Obs.Core.Journal;
using Obs.Core.Models;
using Obs.Core.Models.Sequence;
using Obs.Core.Signals;

namespace Obs.Core.Engine;

/// <summary>Feeds one market's rows to its model session and turns the model's unit into a return.</summary>
/// <remarks>Engine thread only; no allocation per row. A row with an absent feature does not enter the window.</remarks>
internal sealed class PredictionStage
{
    private readonly ModelTarget _target;
    private readonly ISequenceSession _session;
    private readonly BackgroundThread? _background;
    private readonly FeatureId[] _features;
    private readonly double[] _inputs;

    /// <summary>A session of its own for one market.</summary>
    /// <exception cref="ModelException">The model asks for a feature OBS does not compute.</exception>
    /// <param name="network">The packed model.</param>
    /// <param name="background">The thread that does the background part, or null: then the engine does it between records.</param>
    public PredictionStage(SequenceNetwork network, BackgroundThread? background)
    {
        _background = background;
        _session = background?.Open(network) ?? SequenceSessions.Create(network);
        _target = _session.Model.Metadata.Target;
        _features = FeaturesOf(_session.Model);
        _inputs = new double[_features.Length];
        Inputs = FeatureSet.Of(_features);
    }

    /// <summary>Features the model needs.</summary>
    public FeatureSet Inputs { get; }

    /// <summary>Digest of the rows in the window.</summary>
    public ulong StateHash => _session.StateHash;

    /// <summary>Inputs outside the scaler's range so far.</summary>
    public long OutOfRangeInputs => _session.OutOfRangeInputs;

    /// <summary>Rows so far that had to finish background work themselves.</summary>
    public long LateRows => _session.LateRows;

    /// <summary>Takes a row; true with a value, in the model's own unit, when it fills a window.</summary>
    public bool TryPredict(in FeatureRow row, out double value)
    {
        value = 0;
        if (!row.TryCopy(_features, _inputs))
            return false;
        PredictionStatus status = _session.OnRow(_inputs, out value);
        Debug.Assert(status != PredictionStatus.InvalidInput, "a feature that is present is finite");
        return status == PredictionStatus.Ready;
    }

    /// <summary>The return a prediction means: value itself, value / mid − 1, or e^value − 1.</summary>
    public double ToReturn(double value, double mid) => _target.ToReturn(value, mid);

    /// <summary>Does a slice of background work; true while more remains.</summary>
    public bool RunBackgroundSlice() => _session.RunBackgroundSlice();

    /// <summary>Empties the window after a resynchronisation.</summary>
    public void Clear() => _session.Clear();

    /// <summary>The market gets another model: nobody works for this one any more.</summary>
    public void Close() => _background?.Remove(_session);

    /// <summary>Writes the rows in the window; states are computed from them again.</summary>
    public void Save(SnapshotWriter writer)
    {
        double[] rows = new double[_session.HeldRows * _features.Length];
        int held = _session.CopyRows(rows);
        Debug.Assert(held == _session.HeldRows, "every held row is written");
        writer.WriteValues<double>(rows);
        writer.WriteInt64(_session.OutOfRangeInputs);
    }

    /// <summary>Takes what <see cref="Save"/> wrote.</summary>
    public void Restore(SnapshotReader reader)
    {
        double[] rows = reader.ReadValues<double>();
        _session.Restore(rows, reader.ReadInt64());
    }

    /// <summary>Features a model needs.</summary>
    /// <exception cref="ModelException">The model asks for a feature OBS does not compute.</exception>
    public static FeatureSet InputsOf(SequenceModel model) => FeatureSet.Of(FeaturesOf(model));

    private static FeatureId[] FeaturesOf(SequenceModel model)
    {
        FeatureId[] features = new FeatureId[model.Features];
        for (int index = 0; index < features.Length; index++)
        {
            string name = model.Metadata.Features[index];
            if (!FeatureNames.TryParse(name, out features[index]))
                throw new ModelException($"{model.Name}: obs.features names '{name}', which OBS does not compute; docs/reference/features.md lists what it does.");
        }
        return features;
    }
}
