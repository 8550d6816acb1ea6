using System;
using System.Collections.Generic;
using System.Linq;

namespace Obs.Core.Recordings;

/// <summary>What is counted while an import runs.</summary>
internal sealed class ImportCounts
{
    private readonly long[] _bad = new long[Enum.GetValues<BadLineReason>().Length];
    private readonly List<string> _notes = [];

    /// <summary>Data lines seen.</summary>
    public long Lines { get; set; }

    /// <summary>Records given on.</summary>
    public long Records { get; set; }

    /// <summary>Frames the validator refused.</summary>
    public long RefusedFrames { get; set; }

    /// <summary>Lines outside the span.</summary>
    public long OutsideSpan { get; set; }

    /// <summary>Lines with nothing to import.</summary>
    public long Skipped { get; set; }

    /// <summary>Times the clock went back.</summary>
    public long ClockSteps { get; set; }

    /// <summary>Where it first did.</summary>
    public string? FirstClockStep { get; set; }

    /// <summary>First receive time, ns.</summary>
    public long FirstReceiveNs { get; set; }

    /// <summary>Last receive time, ns.</summary>
    public long LastReceiveNs { get; set; }

    /// <summary>Counts a bad line.</summary>
    public void Bad(BadLineReason reason) => _bad[(int)reason]++;

    /// <summary>Adds a remark once.</summary>
    public void Note(string remark)
    {
        if (!_notes.Contains(remark))
            _notes.Add(remark);
    }

    /// <summary>The counts as they are now.</summary>
    public ImportResult ToResult() => new()
    {
        Lines = Lines,
        Records = Records,
        BadLines = _bad.Sum(),
        RefusedFrames = RefusedFrames,
        OutsideSpan = OutsideSpan,
        Skipped = Skipped,
        ClockSteps = ClockSteps,
        FirstClockStep = FirstClockStep,
        FirstReceiveNs = FirstReceiveNs,
        LastReceiveNs = LastReceiveNs,
        Reasons = Enum.GetValues<BadLineReason>().Where(reason => _bad[(int)reason] > 0).ToDictionary(static reason => reason, reason => _bad[(int)reason]),
        Notes = [.. _notes],
    };
}
