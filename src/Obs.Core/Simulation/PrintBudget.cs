using System;
using System.Diagnostics;
using Obs.Core.Market;

namespace Obs.Core.Simulation;

/// <summary>One public print shared among the own orders of each account: what one order got, the next cannot get.</summary>
/// <remarks>Engine thread only, no allocation; used within one trade event. Accounts do not see each other.</remarks>
internal sealed class PrintBudget
{
    private readonly Share[] _shares;
    private int _count;
    private Size _print;

    /// <summary>Room for as many accounts as orders may rest.</summary>
    public PrintBudget(int capacity) => _shares = new Share[capacity];

    /// <summary>Starts a print.</summary>
    public void Start(Size print)
    {
        _print = print;
        _count = 0;
    }

    /// <summary>The account's share of this print.</summary>
    public ref Share Of(int account)
    {
        for (int index = 0; index < _count; index++)
        {
            if (_shares[index].Account == account)
                return ref _shares[index];
        }
        Debug.Assert(_count < _shares.Length, "there are no more accounts than orders");
        _shares[_count] = new Share { Account = account, Left = _print };
        return ref _shares[_count++];
    }

    /// <summary>What of a print is still there for one account.</summary>
    internal struct Share
    {
        /// <summary>Whose.</summary>
        public int Account;

        /// <summary>Not yet given to own orders.</summary>
        public Size Left;

        /// <summary>True once an own order at the print's price keeps a rest: those behind it wait.</summary>
        public bool Blocked;

        /// <summary>Gives a part to an own order; a whole-order model may give more than is left.</summary>
        public void Spend(Size size) => Left = new Size(Math.Max(0, Left.Mantissa - size.Mantissa));
    }
}
