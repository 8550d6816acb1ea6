using System;
using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Obs.Core.Diagnostics;

/// <summary>Latency of every stage and of the whole way, each once raw and once without frames during which the machine stalled.</summary>
/// <remarks>Per frame: <see cref="BeginFrame(long)"/>, a <see cref="Stamp(EngineStage)"/> at the end of each stage, <see cref="EndFrame"/>. A stage's
/// latency is the time since the stamp before it. The whole way starts at the time the frame was due, not when the engine got to it, so waiting
/// is included (no coordinated omission). Engine thread only; no allocation; it never touches engine state. Other threads may read.</remarks>
internal sealed class LatencyRecorder
{
    /// <summary>Number of <see cref="EngineStage"/> values.</summary>
    public const int StageCount = (int)EngineStage.EndToEnd + 1;

    private readonly LatencyHistogram[] _raw = NewFamily();
    private readonly LatencyHistogram[] _stallFree = NewFamily();
    private readonly long[] _stageTicks = new long[StageCount];
    private readonly StallDetector _stalls;
    private readonly int _sampleEvery;
    private int _framesUntilSample;
    private uint _stampedStages;
    private bool _isSampling;
    private long _receivedTicks;
    private long _beginTicks;
    private long _lastTicks;

    /// <summary>A recorder.</summary>
    /// <param name="stalls">Fed by the same thread, with Stopwatch time in ns (<see cref="StopwatchTicks.ToNs"/> of the time stamp).</param>
    /// <param name="sampleEvery">1 records every frame (live), 64 every 64th (replay at full speed).</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="sampleEvery"/> is less than 1.</exception>
    public LatencyRecorder(StallDetector stalls, int sampleEvery = 1)
    {
        if (sampleEvery < 1)
            ThrowHelper.SampleEveryNotPositive(sampleEvery);
        _stalls = stalls;
        _sampleEvery = sampleEvery;
        _framesUntilSample = 1;
    }

    /// <summary>Every recorded latency of a stage.</summary>
    public LatencyHistogram Raw(EngineStage stage) => _raw[(int)stage];

    /// <summary>Latencies of a stage in frames that no stall touched.</summary>
    public LatencyHistogram StallFree(EngineStage stage) => _stallFree[(int)stage];

    /// <summary>A frame starts.</summary>
    /// <param name="receivedTicks">When it was received, or due at recorded pace, in Stopwatch ticks.</param>
    /// <param name="nowTicks">Now: the first stage's time starts here.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void BeginFrame(long receivedTicks, long nowTicks)
    {
        _isSampling = --_framesUntilSample <= 0;
        if (!_isSampling)
            return;
        _framesUntilSample = _sampleEvery;
        _stampedStages = 0;
        _receivedTicks = receivedTicks;
        _beginTicks = nowTicks;
        _lastTicks = nowTicks;
    }

    /// <summary>A frame starts now, with the clock read only if it is recorded.</summary>
    /// <param name="receivedTicks">When it was received, in Stopwatch ticks; 0 means now.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void BeginFrame(long receivedTicks)
    {
        bool willSample = _framesUntilSample <= 1;
        long nowTicks = willSample ? Stopwatch.GetTimestamp() : 0;
        BeginFrame(receivedTicks == 0 ? nowTicks : receivedTicks, nowTicks);
    }

    /// <summary>A stage ended now. One clock read (bench diagnostics) when the frame is recorded, a branch when not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Stamp(EngineStage stage)
    {
        if (_isSampling)
            Stamp(stage, Stopwatch.GetTimestamp());
    }

    /// <summary>A stage ended at the given time. A stage stamped twice in a frame counts with the sum.</summary>
    /// <param name="stage">Any stage but <see cref="EngineStage.EndToEnd"/>, which <see cref="EndFrame"/> records.</param>
    /// <param name="nowTicks">Stopwatch ticks.</param>
    public void Stamp(EngineStage stage, long nowTicks)
    {
        Debug.Assert(stage < EngineStage.EndToEnd, "the whole way is recorded by EndFrame");
        if (!_isSampling)
            return;
        unchecked
        {
            long elapsedTicks = nowTicks - _lastTicks;
            uint bit = 1u << (int)stage;
            _stageTicks[(int)stage] = (_stampedStages & bit) == 0 ? elapsedTicks : _stageTicks[(int)stage] + elapsedTicks;
            _stampedStages |= bit;
        }
        _lastTicks = nowTicks;
    }

    /// <summary>The frame is done: its stages and the whole way up to the last stamp are recorded.</summary>
    public void EndFrame()
    {
        if (!_isSampling)
            return;
        _isSampling = false;
        long endToEndNs = unchecked(StopwatchTicks.ToNs(_lastTicks - _receivedTicks));
        bool stalled = endToEndNs > 0 && _stalls.IsStalled(StopwatchTicks.ToNs(_receivedTicks), StopwatchTicks.ToNs(_beginTicks), StopwatchTicks.ToNs(_lastTicks));
        Record(EngineStage.EndToEnd, endToEndNs, stalled);
        for (uint left = _stampedStages; left != 0; left &= left - 1)
        {
            int stage = BitOperations.TrailingZeroCount(left);
            Record((EngineStage)stage, StopwatchTicks.ToNs(_stageTicks[stage]), stalled);
        }
        Debug.Assert(_stallFree[(int)EngineStage.EndToEnd].Count <= _raw[(int)EngineStage.EndToEnd].Count, "more stall-free frames than frames");
    }

    /// <summary>Forgets everything recorded, as after warm-up.</summary>
    public void Reset()
    {
        for (int stage = 0; stage < StageCount; stage++)
        {
            _raw[stage].Reset();
            _stallFree[stage].Reset();
        }
    }

    private void Record(EngineStage stage, long latencyNs, bool stalled)
    {
        _raw[(int)stage].Record(latencyNs);
        if (!stalled)
            _stallFree[(int)stage].Record(latencyNs);
    }

    private static LatencyHistogram[] NewFamily()
    {
        LatencyHistogram[] family = new LatencyHistogram[StageCount];
        for (int stage = 0; stage < StageCount; stage++)
            family[stage] = new LatencyHistogram();
        return family;
    }
}
