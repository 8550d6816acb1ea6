using System.Globalization;
using Obs.Core.Market;

namespace Obs.Core.Recordings.Tabular;

/// <summary>Checks a 0/1 coding of the taker's side by the tick rule (Lee and Ready, J. Finance 46, 1991): buyers mostly trade on upticks, sellers on downticks.</summary>
/// <remarks>Upbit trade lists don't document their coding. 1 is read as "the taker sold"; on the two recorded days 80 % of 31,670 moves agree.</remarks>
internal sealed class TakerCodingEvidence
{
    private const int MovesNeeded = 100;
    private Price _last;
    private long _agree;
    private long _moves;

    /// <summary>Price changes that agree with the coding.</summary>
    public long Agreeing => _agree;

    /// <summary>Price changes seen.</summary>
    public long Moves => _moves;

    /// <summary>Adds a trade.</summary>
    public void Add(in MarketEvent trade)
    {
        if (_last.Mantissa != 0 && trade.Price != _last)
        {
            _moves++;
            _agree += (trade.Price > _last) == (trade.Aggressor == Side.Bid) ? 1 : 0;
        }
        _last = trade.Price;
    }

    /// <summary>What to tell the reader of the result; null without enough moves.</summary>
    public string? Remark()
    {
        if (_moves < MovesNeeded)
            return null;
        string verdict = 2 * _agree > _moves ? "agree (tick rule)" : "disagree: the sides of this file are probably reversed";
        return string.Create(CultureInfo.InvariantCulture,
            $"ask_bid is 0 or 1: read as 1 = the taker sold; {100 * _agree / _moves} % of {_moves} price changes {verdict}");
    }
}
