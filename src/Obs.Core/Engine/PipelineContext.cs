using System;
using Obs.Core.Diagnostics;
using Obs.Core.Models;
using Obs.Core.Models.Sequence;
using Obs.Core.Signals;
using Obs.Core.Trading;

namespace Obs.Core.Engine;

/// <summary>What the pipelines of one engine share: counters, time, output, latency recorder.</summary>
/// <remarks>Engine thread only. A class, so that pipelines and engine see one copy.</remarks>
internal sealed class PipelineContext
{
    private readonly PipelineContext? _lender;

    /// <summary>Shared by the pipelines of an engine.</summary>
    /// <param name="options">Options of the run.</param>
    /// <param name="output">Receiver of what is derived, or null.</param>
    /// <param name="stalls">Told by the loop around the engine.</param>
    /// <param name="background">See <see cref="Background"/>.</param>
    /// <param name="lender">Another engine's on this thread, whose packed model this one uses while both run the same; or null.</param>
    public PipelineContext(EngineOptions options, EngineOutput? output, StallDetector stalls, BackgroundThread? background = null, PipelineContext? lender = null)
    {
        Options = options;
        Background = background;
        _lender = lender;
        Network = NetworkOf(options.Model);
        LoggedFeatures = LoggedBy(options);
        Output = output;
        Timing = new LatencyRecorder(stalls, options.TimingInterval);
    }

    /// <summary>Options of the run.</summary>
    public EngineOptions Options { get; private set; }

    /// <summary>The model's weights packed for this machine, shared by all markets; null without a model.</summary>
    public SequenceNetwork? Network { get; private set; }

    /// <summary>The thread that does the models' background part; null where the engine does it between records.</summary>
    public BackgroundThread? Background { get; }

    /// <summary>Receiver of what is derived, or null when nobody wants it.</summary>
    public EngineOutput? Output { get; }

    /// <summary>Features of a row that the output log keeps: the six and the model's.</summary>
    public FeatureSet LoggedFeatures { get; private set; }

    /// <summary>Stage timing of sampled frames.</summary>
    public LatencyRecorder Timing { get; }

    /// <summary>Refused orders by <see cref="RejectReason"/>.</summary>
    public long[] RejectsByReason { get; } = new long[Enum.GetValues<RejectReason>().Length];

    /// <summary>Commands taken, and whether the kill switch is engaged.</summary>
    public CommandTable Commands { get; } = new();

    /// <summary>Counters of the run.</summary>
    public EngineCounters Counters;

    /// <summary>Engine time: running maximum of receive times, ns.</summary>
    public long EngineNs;

    /// <summary>Last client order id given out.</summary>
    public long LastOrderId;

    /// <summary>Sequence of the record being processed.</summary>
    public long Sequence;

    /// <summary>Other options from the current record on; the pipelines adopt them next.</summary>
    public void Change(EngineOptions options)
    {
        if (options.Model?.Metadata.Hash != Options.Model?.Metadata.Hash)
            Network = NetworkOf(options.Model);
        Options = options;
        LoggedFeatures = LoggedBy(options);
    }

    /// <summary>Reads what every frame reads here, so that it lies in the core's caches when one comes.</summary>
    public ulong Touch() => unchecked((ulong)(Counters.Frames + Counters.Orders + LastOrderId + Sequence + EngineNs) + (Options.Compatible ? 1UL : 0) + (Commands.IsKilled ? 1UL : 0));

    private SequenceNetwork? NetworkOf(SequenceModel? model)
    {
        if (model is null)
            return null;
        return _lender?.Network is { } lent && lent.Model == model ? lent : SequenceNetwork.Create(model);
    }

    private static FeatureSet LoggedBy(EngineOptions options) =>
        options.Model is { } model ? FeatureSet.Six | PredictionStage.InputsOf(model) : FeatureSet.Six;
}
