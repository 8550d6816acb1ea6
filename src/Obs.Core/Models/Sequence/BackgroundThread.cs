using System;
using System.Diagnostics.CodeAnalysis;
using System.Threading;
using Obs.Core.Disruptor;

namespace Obs.Core.Models.Sequence;

/// <summary>A thread that does the background part of all sessions of an engine, round and round.</summary>
/// <remarks>Meant for a core of its own: it spins while there is nothing to do, and yields after a while. Sessions may be added while it runs.</remarks>
internal sealed class BackgroundThread : IDisposable
{
    private const int IdleRoundsBeforeYield = 20_000;

    private readonly Thread _thread;
    private IBackgroundWork[] _sessions = [];
    private bool _isStarted;
    private bool _isStopped;
    private Exception? _failure;

    /// <summary>A thread that starts with the first session.</summary>
    /// <param name="pinToCpu">Its core, or null.</param>
    public BackgroundThread(int? pinToCpu = null) =>
        _thread = new Thread(() => Run(pinToCpu)) { Name = "obs model", IsBackground = true };

    /// <summary>Bytes the thread allocated; known after <see cref="Dispose"/>.</summary>
    public long AllocatedBytes { get; private set; }

    /// <summary>What stopped the thread; null while it works. Any thread.</summary>
    public Exception? Failure => Volatile.Read(ref _failure);

    /// <summary>Opens a session whose background part this thread does. Engine thread.</summary>
    public ISequenceSession Open(SequenceNetwork network)
    {
        SharedStaggeredSession<NoProbe> session = new(network);
        Add(session);
        return session;
    }

    /// <summary>Adds a session. One thread adds.</summary>
    public void Add(IBackgroundWork session)
    {
        Volatile.Write(ref _sessions, [.. _sessions, session]);
        if (_isStarted)
            return;
        _isStarted = true;
        _thread.Start();
    }

    /// <summary>Takes a session out; its rows then complete what they need themselves. The thread that adds.</summary>
    public void Remove(ISequenceSession session) => Volatile.Write(ref _sessions, Array.FindAll(_sessions, other => !ReferenceEquals(other, session)));

    /// <summary>Ends the thread; sessions stay usable, their rows then complete what they need themselves.</summary>
    public void Dispose()
    {
        Volatile.Write(ref _isStopped, true);
        if (_isStarted)
            _thread.Join();
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "the engine looks for it and stops the line with it")]
    private void Run(int? pinToCpu)
    {
        if (pinToCpu is { } cpu)
            _ = ThreadAffinity.TryPin(cpu);
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            Work();
        }
        catch (Exception problem)
        {
            Volatile.Write(ref _failure, problem);
        }
        AllocatedBytes = GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private void Work()
    {
        int idle = 0;
        while (!Volatile.Read(ref _isStopped))
        {
            if (RunRound())
                idle = 0;
            else if (++idle < IdleRoundsBeforeYield)
                SpinHint.Pause();
            else
                Thread.Yield();
        }
    }

    private bool RunRound()
    {
        bool didWork = false;
        foreach (IBackgroundWork session in Volatile.Read(ref _sessions))
            didWork |= session.RunShared();
        return didWork;
    }
}
