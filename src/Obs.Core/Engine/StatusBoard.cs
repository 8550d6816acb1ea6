using System.Threading;

namespace Obs.Core.Engine;

/// <summary>Lets another thread read the engine's status without ever making the engine wait: a sequence lock.</summary>
/// <remarks>One writer (engine thread), any readers. A write is a struct copy and two stores; a reader repeats its copy when a write got in between.</remarks>
internal sealed class StatusBoard
{
    private LiveStatus _status = new() { Instrument = -1 };
    private long _version;

    /// <summary>Publishes a status. Engine thread.</summary>
    public void Write(in LiveStatus status)
    {
        Volatile.Write(ref _version, _version + 1);
        Thread.MemoryBarrier();
        _status = status;
        Volatile.Write(ref _version, _version + 1);
    }

    /// <summary>Reads a consistent status. Any thread but the writer.</summary>
    public LiveStatus Read()
    {
        while (true)
        {
            long before = Volatile.Read(ref _version);
            LiveStatus copy = _status;
            Thread.MemoryBarrier();
            if ((before & 1) == 0 && Volatile.Read(ref _version) == before)
                return copy;
            Thread.SpinWait(20);
        }
    }
}
