using System;
using System.Diagnostics;
using Obs.Core.Market;

namespace Obs.Core.Simulation;

/// <summary>What one market event showed (a public print, a level that crosses), shared among the own orders of each account: what filled one
/// order cannot fill, or stand for, the next.</summary>
/// <remarks>Engine thread only, no allocation; used within one event. Accounts do not see each other.</remarks>
internal sealed class EvidenceBudget
{
    private readonly Share[] _shares;
    private int _count;
    private Size _shown;

    /// <summary>Room for as many accounts as orders may rest.</summary>
    public EvidenceBudget(int capacity) => _shares = new Share[capacity];

    /// <summary>Starts an event that showed a size.</summary>
    public void Start(Size shown)
    {
        _shown = shown;
        _count = 0;
    }

    /// <summary>The account's share of this event.</summary>
    public ref Share Of(int account)
    {
        for (int index = 0; index < _count; index++)
        {
            if (_shares[index].Account == account)
                return ref _shares[index];
        }
        Debug.Assert(_count < _shares.Length, "there are no more accounts than orders");
        _shares[_count] = new Share { Account = account, Left = _shown };
        return ref _shares[_count++];
    }

    /// <summary>What of an event is still there for one account.</summary>
    internal struct Share
    {
        /// <summary>Whose.</summary>
        public int Account;

        /// <summary>Not yet given to own orders.</summary>
        public Size Left;

        /// <summary>True once an own order that a print reached keeps a rest: those behind it wait.</summary>
        public bool Blocked;

        /// <summary>Gives a part to an own order and returns what was there for it; a rule that fills whole orders may give more than that.</summary>
        public Size Spend(Size size)
        {
            Size had = Left;
            Left = new Size(Math.Max(0, had.Mantissa - size.Mantissa));
            return had;
        }
    }
}
