using System;
using System.Collections.Generic;
using System.Threading;
using Obs.Core.Engine;
using Obs.Core.Journal;
using Obs.Core.Market;

namespace Obs.Core.Tests.Engine;

/// <summary>A live run in a layout: journal, intake, lane, line and the thread of the journal stage. The clock is the test's.</summary>
internal sealed class LiveFixture : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private Thread? _thread;
    private long _nowNs;

    /// <summary>A run that goes on where the folder's journal ends; not yet begun.</summary>
    /// <param name="folder">The journal's folder.</param>
    /// <param name="isSplit">Its layout.</param>
    /// <param name="output">Receiver of what is derived, or null.</param>
    /// <param name="slots">Slots between decoding and engine.</param>
    /// <param name="wrap">Puts something around the line, or null.</param>
    /// <param name="durability">When records go to disk; default only when asked for.</param>
    public LiveFixture(string folder, bool isSplit, EngineOutput? output = null, int slots = SplitLineOptions.LiveSlots, Func<IEngineLine, IEngineLine>? wrap = null, DurabilityPolicy? durability = null)
    {
        Journal = JournalWriter.Open(new JournalOptions { Directory = folder, SegmentBytes = 1 << 20, Durability = durability ?? DurabilityPolicy.OnDemand });
        Engine = Replayed(folder, output);
        LiveDuties duties = new(Engine.Engine, Engine.Registry.Count, Board, Lane, snapshots: null);
        Line = isSplit
            ? new SplitLine(Engine.Engine, Engine.Loop, Engine.Decoder, new SplitLineOptions { Slots = slots, IsPaced = true, Wait = LoopWait.Yield, RehearseEveryNs = 50_000, Duties = duties }).Start()
            : new FusedLine(Engine.Engine, Engine.Decoder, duties);
        Loop = new LiveLoop(wrap is null ? Line : wrap(Line), Journal, Intake, () => Volatile.Read(ref _nowNs), Engine.Engine.EngineNs, Lane);
    }

    public EngineFixture Engine { get; }

    public JournalWriter Journal { get; }

    public Intake Intake { get; } = new(64);

    public CommandLane Lane { get; } = new();

    public StatusBoard Board { get; } = new();

    public IEngineLine Line { get; }

    public LiveLoop Loop { get; }

    /// <summary>What the journal stage's thread threw; known after it was joined.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>The engine that a folder's journal gives, in the fused layout.</summary>
    public static EngineFixture Replayed(string folder, EngineOutput? output = null) => new EngineFixture(EngineFixture.Options(), output, insertTimers: false).Read(folder);

    /// <summary>The same in the split layout.</summary>
    public static EngineFixture ReplayedSplit(string folder)
    {
        EngineFixture fixture = new(EngineFixture.Options(), insertTimers: false);
        using JournalReader reader = new(folder);
        using SplitLine line = new SplitLine(fixture.Engine, fixture.Loop, fixture.Decoder, new SplitLineOptions { Slots = 16 }).Start();
        while (reader.TryRead(out RecordHeader header, out ReadOnlySpan<byte> payload))
            line.Offer(header.Kind, (VenueId)header.Source, header.ReceiveNs, payload, 0, header.Sequence);
        line.Finish();
        return fixture;
    }

    /// <summary>Writes the record a live span begins with and starts the journal stage.</summary>
    public LiveFixture Begin(long nowNs)
    {
        SetClock(nowNs);
        Loop.Begin(Engine.Engine.Sequence == 0 ? RecordKind.ConfigurationChange : RecordKind.LiveAgain, nowNs, default);
        _thread = new Thread(() =>
        {
            try
            {
                Loop.Run(_stop.Token);
            }
            catch (InvalidOperationException problem)
            {
                Failure = problem;
            }
        })
        { IsBackground = true, Name = "journal stage" };
        _thread.Start();
        return this;
    }

    public void SetClock(long nowNs) => Volatile.Write(ref _nowNs, nowNs);

    /// <summary>Offers frames at their times, waiting while the intake is full; false when the stage ended before.</summary>
    public bool Feed(IEnumerable<(long ReceiveNs, byte[] Bytes)> frames)
    {
        foreach ((long receiveNs, byte[] bytes) in frames)
        {
            SetClock(receiveNs);
            bool isTaken = false;
            Soon.Holds(() => (isTaken = Intake.TryOffer(RecordKind.VenueFrame, VenueId.Upbit, receiveNs, 0, bytes)) || !_thread!.IsAlive, "room in the intake");
            if (!isTaken)
                return false;
        }
        return true;
    }

    public PendingCommand Ask(EngineCommandKind kind, ulong key) => Lane.Offer(new EngineCommand { Kind = kind, KeyLow = key });

    /// <summary>Lets the stage take what waits and ends it; the engine has then processed everything.</summary>
    public void Stop()
    {
        _stop.Cancel();
        if (_thread is not null)
            Soon.Ends(_thread);
    }

    public void Dispose()
    {
        Stop();
        Line.Dispose();
        Journal.Dispose();
        _stop.Dispose();
    }
}
