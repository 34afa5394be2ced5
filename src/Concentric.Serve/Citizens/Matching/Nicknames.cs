namespace Concentric.Serve.Citizens.Matching;

/// <summary>Short and pet forms of first names that are common in Britain. A line is one name in its forms; a form may stand in several.</summary>
internal static class Nicknames
{
    private static readonly ILookup<string, int> Lines = new[]
    {
        "robert rob bob bobby robbie bert", "william will bill billy willie liam", "richard rich rick dick ricky", "elizabeth liz beth betty lizzie eliza libby elsie lisa", "margaret maggie meg peggy greta rita madge",
        "catherine katherine kathryn kate katie kathy cath cathy kitty", "james jim jimmy jamie", "john jack johnny jon", "jonathan jon jonny", "michael mike mick mickey", "thomas tom tommy", "andrew andy drew",
        "anthony tony ant", "edward ed eddie ted teddy ned", "charles charlie chas chuck", "joseph joe joey", "samuel sam sammy", "samantha sam sammy", "alexander alex sandy alec xander", "alexandra alex sandra lexi",
        "benjamin ben benny", "daniel dan danny", "david dave davey dai", "matthew matt matty", "nicholas nick nicky", "nicola nicky nikki", "christopher chris kit", "christine chris chrissie tina", "patricia pat trish patsy tricia",
        "patrick pat paddy", "susan sue susie", "deborah debbie deb", "jennifer jen jenny", "jessica jess jessie", "rebecca becky becca", "victoria vicky vic tori", "stephen steven steve", "stephanie steph", "philip phil pip",
        "peter pete", "timothy tim", "gregory greg", "geoffrey jeffrey geoff jeff", "gerald gerry jerry", "kenneth ken kenny", "ronald ron ronnie", "donald don donnie", "frederick fred freddie", "francis frank frankie",
        "frances fran frankie", "henry harry hal", "harold harry", "harriet hattie harry", "lawrence laurence larry laurie", "leonard len lenny", "raymond ray", "reginald reg reggie", "theodore theo ted", "theresa terry tess",
        "terence terry tel", "walter wally walt", "dorothy dot dottie dolly", "eleanor ellie nell nora", "ellen nell nellie", "emily em emmy", "emma em", "florence flo florrie flossie", "gabriel gabe", "georgina gina georgie",
        "george georgie", "gillian gill jill", "helen nell", "isabella isabel isabelle bella izzy izzie", "jacqueline jackie", "janet jan", "joanna joanne jo", "judith judy", "julia julie", "lucinda lucy cindy", "mary molly polly may",
        "matilda tilly maud", "millicent millie", "amelia millie mia", "olivia liv livvy", "oliver ollie", "pamela pam", "penelope penny", "philippa pippa", "rosemary rose rosie", "sarah sally sadie", "valerie val", "vivian viv",
        "zachary zac zach zack", "joshua josh", "jacob jake", "nathaniel nathan nat", "sebastian seb", "dominic dom", "maximilian max", "mohammed muhammad mohammad mohamed mo", "abigail abby abbie gail", "madeleine maddie",
        "natalie nat", "natasha tasha", "antonia toni", "barbara barb babs", "beatrice bea", "caroline carrie caz", "charlotte lottie charlie", "clifford cliff", "evelyn eve evie", "eva evie", "geraldine gerry", "imogen immy", "leo leonardo", "lewis louis lou",
    }.SelectMany((line, i) => line.Split(' ').Select(form => (Form: form, Line: i))).ToLookup(l => l.Form, l => l.Line, StringComparer.Ordinal);

    public static bool AreOne(string a, string b) => Lines[a].Intersect(Lines[b]).Any();
}
