using System;
using System.Globalization;
using System.Text;

namespace Obs.Core.Tests.Market.Text;

/// <summary>Random number texts near the edges: long runs of zeros and nines, both exponents, and now and then a broken character.</summary>
internal static class NumberTexts
{
    private const string Broken = "-+.eE 0x\"";

    public static string Next(Random random)
    {
        StringBuilder text = new();
        if (random.Next(8) == 0)
            text.Append('-');
        Digits(text, random, random.Next(1, random.Next(4) == 0 ? 30 : 11), leadingZero: random.Next(12) == 0);
        if (random.Next(4) != 0)
        {
            text.Append('.');
            Digits(text, random, random.Next(1, random.Next(4) == 0 ? 30 : 10), leadingZero: true);
        }
        if (random.Next(4) == 0)
            text.Append(random.Next(2) == 0 ? 'e' : 'E').Append(random.Next(3) == 0 ? "+" : "").Append(random.Next(-25, 25).ToString(CultureInfo.InvariantCulture));
        if (random.Next(20) == 0)
            text[random.Next(text.Length)] = Broken[random.Next(Broken.Length)];
        return text.ToString();
    }

    private static void Digits(StringBuilder text, Random random, int count, bool leadingZero)
    {
        int style = random.Next(6);
        for (int index = 0; index < count; index++)
        {
            int digit = style switch { 0 => 9, 1 => index == 0 ? 1 : 0, 2 => 0, _ => random.Next(10) };
            text.Append((char)('0' + (index == 0 && !leadingZero && count > 1 ? Math.Max(digit, 1) : digit)));
        }
    }
}
