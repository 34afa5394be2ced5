using System.Globalization;
using System.Text.Json;
using Concentric.Measure.Staffing;

namespace Concentric.Tests.Measure;

/// <summary>Queues of calls agree with exact arithmetic to 1e-9, and staffing keeps to what was promised.</summary>
[Trait("Database", "none")]
public sealed class ErlangVectorTests
{
    private static JsonElement All => Vectors.Read("erlang.json");

    [Fact]
    public void Erlang_C_is_that_of_exact_arithmetic_where_it_is_unstable_too()
    {
        foreach (var row in All.GetProperty("erlang_c").EnumerateArray())
        {
            var stands = ErlangC.Of(Number(row, "calls"), Number(row, "interval_s"), Number(row, "aht_s"), row.GetProperty("agents").GetInt32());
            Vectors.Near(Number(row, "erlangs"), stands.Load);
            Vectors.Near(Number(row, "erlang_b"), stands.Blocked);
            Vectors.Near(Number(row, "occupancy"), stands.Occupancy);
            Vectors.Near(Number(row, "prob_wait"), stands.Waits);
            Vectors.Near(Number(row, "service_level"), stands.AnsweredWithin(Number(row, "target_s")));
            var isUnstable = row.GetProperty("asa_s").ValueKind == JsonValueKind.Null;
            Assert.Equal(isUnstable, stands.IsUnstable);
            Assert.Equal(isUnstable, stands.MeanWait is null);
            if (isUnstable) continue;
            Vectors.Near(Number(row, "asa_s"), stands.MeanWait);
            Vectors.Near(Number(row, "asa_of_waiters_s"), stands.MeanWaitOfWaiting);
            Vectors.Near(Number(row, "mean_queue"), stands.MeanQueue);
        }
    }

    [Fact]
    public void The_fewest_agents_and_those_on_the_rota_are_those_of_the_reference()
    {
        foreach (var row in All.GetProperty("staffing").EnumerateArray())
        {
            if (Number(row, "calls") == 0)
            {
                Assert.Equal(0, StaffNeeded.Of(0, 1800, 240, new(0.8, 20)).Agents);
                continue;
            }
            var promise = new CallPromise(Number(row, "target"), Number(row, "T"), Number(row, "max_occupancy"));
            var needed = StaffNeeded.Of(Number(row, "calls"), Number(row, "interval_s"), Number(row, "aht_s"), promise);
            Assert.Equal(row.GetProperty("agents").GetInt32(), needed.Agents);
            Vectors.Near(Number(row, "service_level"), needed.AnsweredWithin(promise.Within));
            Vectors.Near(Number(row, "occupancy"), needed.Occupancy);
            Assert.Equal(row.GetProperty("with_shrinkage_30pct").GetInt32(), StaffNeeded.OnRota(needed.Agents, 0.3));
            // One fewer does not keep it.
            var fewer = ErlangC.Of(Number(row, "calls"), Number(row, "interval_s"), Number(row, "aht_s"), needed.Agents - 1);
            Assert.True(fewer.AnsweredWithin(promise.Within) < promise.Share || fewer.Occupancy > promise.MostOccupancy || fewer.IsUnstable);
        }
    }

    /// <summary>N(1 + s) leaves the phones short: of 13 on the rota for 10 a third are away, and 9 are there.</summary>
    [Fact]
    public void Shrinkage_divides_and_does_not_multiply()
    {
        Assert.Equal(15, StaffNeeded.OnRota(10, 0.3));
        Assert.Equal(10, StaffNeeded.OnRota(7, 0.3));
        Assert.Equal(0, StaffNeeded.OnRota(0, 0.3));
        Assert.Throws<ArgumentOutOfRangeException>(() => StaffNeeded.OnRota(10, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => StaffNeeded.Of(10, 1800, 240, new(1, 20)));
        Assert.Throws<ArgumentOutOfRangeException>(() => ErlangC.Of(10, 0, 240, 5));
    }

    [Fact]
    public void A_cap_on_occupancy_takes_more_where_the_promise_alone_would_wear_people_out()
    {
        var (plain, capped) = (StaffNeeded.Of(2000, 1800, 320, new(0.8, 20)), StaffNeeded.Of(2000, 1800, 320, new(0.8, 20, 0.85)));
        Assert.True(plain.Occupancy > 0.85);
        Assert.True(capped.Occupancy <= 0.85);
        Assert.True(capped.Agents > plain.Agents);
        // Two small teams need more than one of both.
        Assert.True(2 * StaffNeeded.Of(50, 1800, 180, new(0.8, 20)).Agents > StaffNeeded.Of(100, 1800, 180, new(0.8, 20)).Agents);
    }

    /// <summary>Less than one call at a time still takes two or three people to be answered in time: one who is talking answers nobody.</summary>
    [Theory]
    [InlineData(3.0)]
    [InlineData(5.0)]
    [InlineData(6.0)]
    public void Less_than_one_call_at_a_time_still_takes_more_than_one_person(double calls)
    {
        var needed = StaffNeeded.Of(calls, 1800, 240, new(0.8, 20, 0.85));
        Assert.True(calls * 240 / 1800 < 1);
        Assert.InRange(needed.Agents, 2, 3);
    }

    /// <summary>Erlang C takes nobody to hang up, and so asks for more people, and for any load says "without end" where callers who give up keep the queue short.</summary>
    [Fact]
    public void Where_callers_give_up_Erlang_C_asks_for_too_many_and_knows_no_overload()
    {
        var (c, a) = (ErlangC.Of(200, 3600, 300, 16), ErlangA.Of(200, 300, 180, 16));
        Assert.Equal((true, 1.0), (c.IsUnstable, c.Waits));
        Assert.Null(c.MeanWait);
        Assert.Equal(0.13, a.Abandons, 0.005);
        Assert.True(a.MeanWait < 30);
    }

    [Fact]
    public void Erlang_A_is_that_of_the_chain_at_overload_too()
    {
        foreach (var row in All.GetProperty("erlang_a").EnumerateArray())
        {
            var stands = ErlangA.Of(Number(row, "lambda_per_h"), 3600 / Number(row, "mu_per_h"), 3600 / Number(row, "theta_per_h"), row.GetProperty("agents").GetInt32());
            Vectors.Near(Number(row, "prob_wait"), stands.Waits);
            Vectors.Near(Number(row, "prob_abandon"), stands.Abandons);
            Vectors.Near(Number(row, "mean_wait_s_all"), stands.MeanWait);
            Vectors.Near(Number(row, "occupancy"), stands.Occupancy);
            Vectors.Near(Number(row, "mean_queue"), stands.MeanQueue);
            Vectors.Near(Number(row, "prob_abandon_given_wait"), stands.AbandonsOfWaiting);
            Vectors.Near(Number(row, "served_per_h"), Number(row, "lambda_per_h") * (1 - stands.Abandons));
            var plain = ErlangC.Of(Number(row, "lambda_per_h"), 3600, 3600 / Number(row, "mu_per_h"), row.GetProperty("agents").GetInt32());
            Vectors.Near(Number(row, "erlang_c_prob_wait"), plain.Waits);
            Assert.Equal(row.GetProperty("erlang_c_unstable").GetBoolean(), plain.IsUnstable);
        }
    }

    /// <summary>Each of the simulated queues of the reference, of six million calls, to the error of a simulation.</summary>
    [Fact]
    public void Erlang_A_is_that_of_a_simulation()
    {
        var lines = All.GetProperty("erlang_a_simulation").GetProperty("lines").EnumerateArray().Select(l => l.GetString()!.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        Assert.Equal(5, lines.Count);
        foreach (var words in lines)
        {
            double After(string name) => double.Parse(words[Array.IndexOf(words, name) + 1], CultureInfo.InvariantCulture);
            var stands = ErlangA.Of(After("lam"), 3600 / After("mu"), 3600 / After("th"), (int)After("N"));
            foreach (var (name, value) in ((string, double)[])[("Pw", stands.Waits), ("Pab", stands.Abandons), ("EW_s", stands.MeanWait)])
                Assert.Equal(After(name), value, 0.015 * After(name));
        }
    }

    [Fact]
    public void The_worked_example_that_many_pages_show_comes_out_as_they_show_it()
    {
        Assert.Contains("ASA 8.2 s, SL 84.6%", All.GetProperty("published_check").GetProperty("note").GetString(), StringComparison.Ordinal);
        var stands = ErlangC.Of(360, 1800, 240, 55);
        Assert.Equal((48.0, 87.3, 0.239, 8.2, 84.6), (stands.Load, Math.Round(100 * stands.Occupancy, 1), Math.Round(stands.Waits, 3), Math.Round(stands.MeanWait!.Value, 1), Math.Round(100 * stands.AnsweredWithin(15), 1)));
    }

    [Theory]
    [InlineData(1e6, 300, 60, 100)]
    [InlineData(1, 300, 60, 5000)]
    [InlineData(12_000, 300, 3600, 1000)]
    public void Nothing_overflows_however_large_or_idle(double perHour, double seconds, double patience, int agents)
    {
        var stands = ErlangA.Of(perHour, seconds, patience, agents);
        foreach (var share in (double[])[stands.Waits, stands.Abandons, stands.Occupancy]) Assert.InRange(share, 0, 1 + 1e-12);
        Assert.InRange(ErlangC.Of(perHour, 3600, seconds, agents).Waits, 0, 1);
    }

    private static double Number(JsonElement row, string name) => row.GetProperty(name).GetDouble();
}
