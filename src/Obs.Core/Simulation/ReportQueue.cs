using System;
using System.Diagnostics;
using Obs.Core.Trading;

namespace Obs.Core.Simulation;

/// <summary>Reports on their way to the client: stamped, never overtaking, delivered when their time has come.</summary>
/// <remarks>Engine thread only. R = match time + response latency on the venue's clock, shown as R − clock offset.</remarks>
internal sealed class ReportQueue
{
    private readonly FifoRing<OrderReport> _waiting;
    private readonly OrderLatency _latency;
    private readonly long _clockOffsetNs;

    /// <summary>An empty queue.</summary>
    public ReportQueue(PaperVenueOptions options)
    {
        _waiting = new FifoRing<OrderReport>(options.QueueCapacity);
        _latency = options.Latency;
        _clockOffsetNs = options.ClockOffsetNs;
    }

    /// <summary>The latest stamp given, recorder's clock, ns.</summary>
    public long LastReportNs { get; set; } = long.MinValue;

    /// <summary>Reports waiting, in order of delivery.</summary>
    public FifoRing<OrderReport> Waiting => _waiting;

    /// <summary>When the next report is due, recorder's clock; <see cref="long.MaxValue"/> without one.</summary>
    public long NextDueNs => _waiting.Count == 0 ? long.MaxValue : _waiting[0].ReportNs;

    /// <summary>Nominal arrival at the client of a match, recorder's clock.</summary>
    public long Stamp(long venueNs) => StampAt(venueNs + _latency.ResponseNs(venueNs) - _clockOffsetNs);

    /// <summary>The later of a wanted arrival and the last one given.</summary>
    public long StampAt(long reportNs) => LastReportNs = Math.Max(LastReportNs, reportNs);

    /// <summary>Sends a stamped report.</summary>
    public void Send(in OrderReport report)
    {
        Debug.Assert(_waiting.Count == 0 || _waiting[_waiting.Count - 1].ReportNs <= report.ReportNs, "a later report never overtakes");
        _waiting.Push(in report);
    }

    /// <summary>Takes the next report that is due at an engine time.</summary>
    public bool TryDeliver(long engineTimeNs, out OrderReport report)
    {
        if (_waiting.Count == 0 || _waiting[0].ReportNs > engineTimeNs)
        {
            report = default;
            return false;
        }
        report = _waiting.Pop();
        return true;
    }
}
