using System;
using Obs.Core.Diagnostics;
using Obs.Core.Models.Sequence;
using Obs.Core.Signals;
using Obs.Core.Trading;

namespace Obs.Core.Engine;

/// <summary>What the pipelines of one engine share: counters, time, output, latency recorder.</summary>
/// <remarks>Engine thread only. A class, so that pipelines and engine see one copy.</remarks>
internal sealed class PipelineContext
{
    /// <summary>Shared by the pipelines of an engine.</summary>
    public PipelineContext(EngineOptions options, EngineOutput? output, StallDetector stalls, BackgroundThread? background = null)
    {
        Options = options;
        Background = background;
        Network = options.Model is { } model ? SequenceNetwork.Create(model) : null;
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
            Network = options.Model is { } model ? SequenceNetwork.Create(model) : null;
        Options = options;
        LoggedFeatures = LoggedBy(options);
    }

    private static FeatureSet LoggedBy(EngineOptions options) =>
        options.Model is { } model ? FeatureSet.Six | PredictionStage.InputsOf(model) : FeatureSet.Six;
}
