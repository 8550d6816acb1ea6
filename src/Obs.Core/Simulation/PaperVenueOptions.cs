using System;
using System.Collections.Generic;

namespace Obs.Core.Simulation;

/// <summary>How a paper venue behaves. Echoed in every result; the defaults are the careful ones (docs/concepts/paper-venue.md).</summary>
internal sealed record PaperVenueOptions
{
    /// <summary>Travel times. Default 10 ms each way: use the times of your own orders where you have them.</summary>
    public OrderLatency Latency { get; init; } = OrderLatency.Constant(10_000_000, 10_000_000);

    /// <summary>Venue clock minus recorder's clock, ns. Fixed within a run.</summary>
    public long ClockOffsetNs { get; init; }

    /// <summary>Queue estimate. Default risk-averse.</summary>
    public QueueModel Queue { get; init; } = QueueModel.RiskAdverse;

    /// <summary>Largest <see cref="QueuePower"/>.</summary>
    public const double QueuePowerMax = 64;

    /// <summary>n of the power models, above 0 to 64. Default 3.</summary>
    public double QueuePower { get; init; } = 3;

    /// <summary>Partial fills or not. Default partial.</summary>
    public ExchangeModel Exchange { get; init; } = ExchangeModel.Partial;

    /// <summary>True reproduces hftbacktest: remainders of takes are filled at the limit, each own order sees a whole print, the cross test runs row by
    /// row, one report a request, no checks on arrival. For comparison only.</summary>
    public bool Compatible { get; init; }

    /// <summary>Largest <see cref="MaxRestingPerSide"/>.</summary>
    public const int RestingPerSideMax = OwnOrders.MaxCapacity;

    /// <summary>Most resting orders of a side. Default 512. One more is rejected on arrival.</summary>
    public int MaxRestingPerSide { get; init; } = 512;

    /// <summary>Room for requests on their way and reports not yet delivered; beyond it the queues grow once (an allocation). Default 1,024.</summary>
    public int QueueCapacity { get; init; } = 1024;

    /// <summary>Every problem of these settings, each with the remedy.</summary>
    public IEnumerable<string> Problems()
    {
        if (!(QueuePower is > 0 and <= QueuePowerMax))
            yield return $"QueuePower is {QueuePower}; set it above 0 and at most 64 (larger assumes more cancels behind).";
        if (MaxRestingPerSide is < 1 or > RestingPerSideMax)
            yield return $"MaxRestingPerSide is {MaxRestingPerSide}; set it between 1 and {RestingPerSideMax}.";
        if (QueueCapacity is < 1 or > 1_048_576)
            yield return $"QueueCapacity is {QueueCapacity}; set it between 1 and 1048576.";
        if (!Enum.IsDefined(Queue) || !Enum.IsDefined(Exchange))
            yield return $"Queue {Queue} or Exchange {Exchange} is unknown; use one of the listed models.";
    }
}
