using System;
using System.Collections.Generic;

namespace Obs.Core.Tests.Recordings;

/// <summary>Damages bytes the way files are damaged: flipped bits, other bytes, cuts, repeats.</summary>
internal static class Mutation
{
    private static readonly byte[] Meaningful = "\n\r\t ,|'\"{}[]:0123456789.-eN\0"u8.ToArray();

    /// <summary>One to four damages.</summary>
    public static byte[] Of(byte[] original, Random random)
    {
        List<byte> bytes = [.. original];
        for (int count = random.Next(1, 5); count > 0 && bytes.Count > 0; count--)
        {
            int at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = Meaningful[random.Next(Meaningful.Length)];
                    break;
                case 2:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 20), bytes.Count - at));
                    break;
                case 3:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(1, 40), bytes.Count - at)));
                    break;
                default:
                    bytes.Insert(at, (byte)random.Next(256));
                    break;
            }
        }
        return [.. bytes];
    }
}
