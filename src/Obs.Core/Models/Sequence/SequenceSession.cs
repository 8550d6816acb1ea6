using System;
using System.Diagnostics;

namespace Obs.Core.Models.Sequence;

/// <summary>What all CPU sessions share: checks, scaling, held rows, restore.</summary>
internal abstract unsafe class SequenceSession : ISequenceSession
{
    private readonly FeatureRows _held;
    private readonly AlignedFloats _scaled;
    private readonly RobustScaler _scaler;
    private readonly ModelTarget _target;

    /// <summary>Creates an empty session on a packed network.</summary>
    protected SequenceSession(SequenceNetwork network)
    {
        Network = network;
        Model = network.Model;
        Debug.Assert(Model.Window > 0 && Model.Features > 0, "a model without window or features");
        _held = new FeatureRows(Model.Window - 1, Model.Features);
        _scaled = new AlignedFloats(AlignedFloats.WholeLines(Model.Features));
        (_scaler, _target) = (Model.Metadata.Scaler, Model.Metadata.Target);
    }

    /// <inheritdoc/>
    public SequenceModel Model { get; }

    /// <inheritdoc/>
    public long OutOfRangeInputs { get; private set; }

    /// <inheritdoc/>
    public long LateRows { get; protected set; }

    /// <inheritdoc/>
    public int HeldRows => _held.Count;

    /// <inheritdoc/>
    public ulong StateHash => _held.Hash();

    /// <summary>The packed weights.</summary>
    protected SequenceNetwork Network { get; }

    /// <inheritdoc/>
    public PredictionStatus OnRow(ReadOnlySpan<double> rawFeatures, out double prediction)
    {
        prediction = 0;
        if (!_scaler.Accepts(rawFeatures))
            return PredictionStatus.InvalidInput;
        OutOfRangeInputs += _scaler.Scale(rawFeatures, _scaled.Span);
        bool full = Advance(_scaled.Pointer, out float output);
        _held.Add(rawFeatures);
        if (!full)
            return PredictionStatus.None;
        Debug.Assert(float.IsFinite(output), "bounded weights and inputs gave an output that is not finite");
        prediction = _target.Unscale(output);
        return PredictionStatus.Ready;
    }

    /// <inheritdoc/>
    public abstract bool RunBackgroundSlice();

    /// <inheritdoc/>
    public void Clear()
    {
        _held.Clear();
        Reset();
    }

    /// <inheritdoc/>
    public int CopyRows(Span<double> rows) => _held.CopyTo(rows);

    /// <inheritdoc/>
    public void Restore(ReadOnlySpan<double> rows, long outOfRangeInputs)
    {
        int features = Model.Features;
        if (rows.Length % features != 0 || rows.Length / features > Model.Window - 1)
            Throw.RowsDoNotFit(rows.Length, features, Model.Window - 1);
        Clear();
        for (int at = 0; at < rows.Length; at += features)
        {
            PredictionStatus status = OnRow(rows.Slice(at, features), out _);
            Debug.Assert(status == PredictionStatus.None, "fewer rows than a window cannot fill it, and held rows were accepted once");
            while (RunBackgroundSlice())
            {
                // all of it: the next row may be the one that fills a window
            }
        }
        OutOfRangeInputs = outOfRangeInputs;
    }

    /// <summary>Forgets the implementation's own state.</summary>
    protected abstract void Reset();

    /// <summary>Takes a scaled row; true with the network's output when it fills a window.</summary>
    protected abstract bool Advance(float* scaled, out float output);
}
