using System.Diagnostics;
using System.Threading;
using Obs.Core.Disruptor;

namespace Obs.Core.Models.Sequence;

/// <summary>A <see cref="StaggeredSession"/> whose background part a thread of its own does: the same bits, whenever which part ran where.</summary>
/// <remarks>
/// Two numbers, each with one meaning: <c>posted</c> = rows the engine has finished (engine writes), <c>prepared</c> = row whose halves are ready
/// (whoever has the turn writes). A row whose number is <c>prepared</c> takes no turn: the background thread leaves that window and the halves alone
/// until the row is posted. Otherwise the engine takes the turn back, accepts what it posted, and completes what its own window lacks.
/// accepted ≤ posted ≤ accepted + 1 from the first full window on. No locks, no allocation; waits for one item of background work at most.
/// </remarks>
/// <typeparam name="TProbe">Delays and faults of tests.</typeparam>
internal sealed unsafe class SharedStaggeredSession<TProbe> : SequenceSession, IBackgroundWork
    where TProbe : struct, IHandOverProbe
{
    private readonly int _window;
    private readonly WindowsInFlight _windows;
    private readonly WindowTurn _turn = new();
    private readonly TProbe _probe;
    private PaddedLong _posted;
    private PaddedLong _prepared = new() { Value = -1 };
    private PaddedLong _idleAt = new() { Value = -1 };
    private long _row;
    private int _rowSlot;
    private bool _isBroken;

    /// <summary>Creates an empty session on a packed network; add it to a <see cref="BackgroundThread"/>.</summary>
    public SharedStaggeredSession(SequenceNetwork network, TProbe probe = default) : base(network)
    {
        _window = Model.Window;
        _windows = new WindowsInFlight(network);
        _probe = probe;
    }

    /// <summary>Rows that had to take the windows back because their halves were not ready. Engine thread.</summary>
    public long TakenBack { get; private set; }

    /// <summary>True when the background thread has nothing left to do before the next row. Engine thread.</summary>
    public bool IsIdle => Volatile.Read(ref _idleAt.Value) == _posted.Value;

    /// <summary>Nothing: the background thread does it.</summary>
    public override bool RunBackgroundSlice() => false;

    /// <inheritdoc/>
    public bool RunShared()
    {
        if (Volatile.Read(ref _idleAt.Value) == Volatile.Read(ref _posted.Value) || !_turn.TryTakeForBackground())
            return false;
        try
        {
            return RunItems();
        }
        catch
        {
            // the windows may be half done: who takes them back must not go on with them
            Volatile.Write(ref _isBroken, true);
            _turn.Release();
            throw;
        }
    }

    private bool RunItems()
    {
        _probe.At(HandOverPoint.BackgroundOwns);
        CatchUp(Volatile.Read(ref _posted.Value));
        int budget = WorkCost.Slice;
        bool isIdle = false;
        while (budget > 0 && !_turn.IsWanted && !isIdle)
        {
            isIdle = !_windows.TryRunItem(out int cost);
            budget -= cost;
            Announce();
            _probe.At(HandOverPoint.BackgroundBetweenItems);
        }
        if (isIdle)
            Volatile.Write(ref _idleAt.Value, _windows.Rows);
        _probe.At(HandOverPoint.BackgroundReleases);
        _turn.Release();
        return !isIdle;
    }

    /// <inheritdoc/>
    protected override void Reset()
    {
        _turn.TakeForEngine();
        _windows.Reset();
        (_row, _rowSlot) = (0, 0);
        Volatile.Write(ref _posted.Value, 0);
        Volatile.Write(ref _prepared.Value, -1);
        Volatile.Write(ref _idleAt.Value, -1);
        _turn.Release();
    }

    /// <inheritdoc/>
    protected override bool Advance(float* scaled, out float output)
    {
        float* input = _windows.RowInput(_rowSlot);
        Network.Multiply(Network.Inputs[0], scaled, input);
        _rowSlot = _rowSlot + 1 == _window ? 0 : _rowSlot + 1;
        output = 0;
        long row = _row++;
        bool finishes = row + 1 >= _window;
        if (finishes)
        {
            _probe.At(HandOverPoint.EngineLooks);
            if (Volatile.Read(ref _prepared.Value) != row && !_probe.SkipsLook)
                TakeBack(row);
            if (_probe.PostsEarly)
                Volatile.Write(ref _posted.Value, row + 1);
            _probe.At(HandOverPoint.EngineFinishes);
            output = _windows.Finish(_rowSlot, input);
        }
        _probe.At(HandOverPoint.EnginePosts);
        // after the window's last use: who sees the row as posted may give its place away
        Volatile.Write(ref _posted.Value, row + 1);
        return finishes;
    }

    private void TakeBack(long row)
    {
        _probe.At(HandOverPoint.EngineWants);
        TakenBack++;
        LateRows++;
        _turn.TakeForEngine();
        if (Volatile.Read(ref _isBroken))
            Throw.BackgroundFailed(Model.Name, row);
        _probe.At(HandOverPoint.EngineOwns);
        CatchUp(row);
        _windows.Prepare();
        Volatile.Write(ref _prepared.Value, row);
        _turn.Release();
    }

    private void CatchUp(long posted)
    {
        Debug.Assert(_windows.Rows <= posted, "accepted ≤ posted");
        while (_windows.Rows < posted)
            _windows.Accept();
    }

    private void Announce()
    {
        if (_prepared.Value == _windows.Rows || !_windows.IsPrepared)
            return;
        _probe.At(HandOverPoint.BackgroundAnnounces);
        // after the halves: who sees the number may use them
        Volatile.Write(ref _prepared.Value, _windows.Rows);
    }
}
