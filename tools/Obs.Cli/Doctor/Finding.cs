namespace Obs.Cli.Doctor;

/// <summary>One fact about the machine, what it means for OBS, and what to do about it.</summary>
/// <param name="Check">What was looked at.</param>
/// <param name="Value">What was found.</param>
/// <param name="IsGood">True when nothing needs doing.</param>
/// <param name="Advice">What to do; empty when nothing needs doing.</param>
internal sealed record Finding(string Check, string Value, bool IsGood, string Advice)
{
    /// <summary>A fact that needs nothing.</summary>
    public static Finding Good(string check, string value) => new(check, value, true, "");

    /// <summary>A fact that costs something.</summary>
    public static Finding Advise(string check, string value, string advice) => new(check, value, false, CommandName.In(advice));
}
