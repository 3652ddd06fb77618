"""Forms that have to be found, each between «guillemets», and ordinary sentences; all of them invented.

Telephone numbers are the fictitious 555-01xx, cards and accounts the publishers' own examples.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

ENGLISH: Mapping[str, str] = {
    "passport": """
        passport «AB123456» is expired
        my passport number is «HG482913»
        passport no. «GA 551204»
        passport # «AC904417» got lost in the move
        they kept my passport («HK220145»)
        Canadian passport: «A123456BC»
        passport «ba771203» photo looks nothing like me
        uci «1122-334455» on every letter
        study permit number «0112345678»
        status card no «1630045501» was refused
    """,
    "email": """
        reach me @ «sam.k_99@gmail.com» thx
        email: «SAM.K+yv@Gmail.CO.UK»
        its «kofi (at) example (dot) org»
        «kofi[at]example[dot]org» works
        write «kofi dot mensah at gmail dot com»
        my mail is «a.b.c at yahoo dot ca»
        «lena_07 at hotmail.com»
        «lena underscore 07 at outlook dot com»
        «j.o'neil@example.net»
        «zed@protonmail»
        «noor.k @ gmail.com»
        «m a y a 0 5 at gmail dot com»
        «x99@mail.school.example.ca»
        «priya {at} example.org»
        «kid AT example DOT ca»
        email «tariq at gmail»
        «kaylee.roy2008@gmail.com»
        «kaylee.roy2008 at gmail»
        «kaylee@ hotmail.com»
        «KAYLEE_ROY@YAHOO.CA»
        «kayleeroy08 at icloud dot com»
        mailto:«k.roy@example.org»
        «k.roy AT student DOT example DOT ca»
        «kaylee<at>example.com»
        «k-roy@example.co»
        «kayl33 [at] proton [dot] me»
        «kaylee at-sign example dot com»
    """,
    "phone": """
        text «4165550123»
        call «416 555 0123»
        «(416)555-0123» is me
        «+1 (416) 555-0123»
        «1-416-555-0123»
        «416.555.0123»
        «416/555/0123»
        «416-5550123»
        «416 - 555 - 0123»
        «416 555-0123 ext 44»
        «905-555-0144 x12»
        my cell «416_555_0123»
        «4 1 6 5 5 5 0 1 2 3» call me
        call «555-0123»
        text me at «5550123»
        «four one six five five five oh one two three»
        «six four seven, five five five, zero one nine nine»
        «four sixteen five fifty-five oh one twenty three»
        «416 five five five 0123»
        «nine oh five triple five oh one four four»
        call «310-0000» now
        «1-800-555-0199»
        «1 888 555 0144»
        «+44 20 7946 0018»
        phone «41-65-55-01-23»
        num: «647*555*0177»
        «647•555•0177»
        whatsapp «+254 712 345678»
        cell «416555 0123»
        «(416) 555 01 23»
        «807-55-50123» is my number
        «905.5550.199»
        tel:«+19055550123»
        «905 triple 5 0123»
        «nine 0 five 555 oh 1 2 three»
        «905—555—0123»
        «905 five-five-five 0 one 2 3»
        «001 416 555 0123»
        #«905-555-0123»
        «905-555-0123/0124»
        «416-555-01-23»
        phone:«(905)5550123»
        «9 0 5 - 5 5 5 - 0 1 2 3»
        «(9O5) 555-O123»
        call «905) 555 0123»
        «4165550123ext5»
        tfn «18005550199»
        t: «416 . 555 . 0123»
        «five five five oh one nine nine» is the office number
        my digits: «416..555..0123»
        «416 (555) 0123»
        «416-555-O123»
        «four one six - five five five - zero one eight seven»
        number is «two two six five five five zero one four eight»
    """,
    "url": """
        see «https://example.org/a?b=c#d»
        «HTTP://EXAMPLE.ORG/x»
        «www.example.ca/me»
        join «discord.gg/AbC123»
        «t.me/somegroup» here
        «bit.ly/3xYz»
        «youtu.be/abc-123»
        «hxxp://bad.example/x»
        «kidsvoice.example»
        go to «kidsvoice dot com»
        «kidsvoice dot ca slash join»
        «instagram.com/its.maya»
        «linktr.ee/maya_k»
        «docs.google.com/forms/d/e/1F»
        «my-site.online/page»
        «chat.whatsapp.com/AbCdEf»
        «snapchat.com/add/maya.k»
        «mysite[.]org»
        «site (dot) net»
        «wa.me/14165550123»
        «page.school.on.ca»
        «voice.tech/join»
        «tinyurl.com/y8abc»
        «https ://example.org/x»
        «example.org/kaylee»
        «www dot example dot org»
        «example . org»
        «insta.com/kaylee»
        «roblox.com/users/12345/profile»
        «forms.office.com/r/AbC»
        «goo.gl/abc»
        «tinyurl.com/abc123»
        «padlet.com/kaylee/x9»
        «youtu.be/aB3»
        «open.spotify.com/user/kaylee»
        «kaylee.carrd.co»
        «kaylee.github.io»
        «change.org/p/late-bus»
        «gofund.me/abc123»
        «discord dot gg slash north»
        «m.example.ca/p?id=3»
        «example.ca:8080/x»
    """,
    "handle": """
        follow «@maya.k_07»
        «@j4mal»
        dm «@maya» on insta
        snap: «mayamoose»
        my snap is «mayamoose»
        my insta is «maya.k.07»
        ig «maya_k»
        insta = «lilmaya»
        PSN «xXSniperXx»
        psn «maya_2009»
        add me on snap «mayamoose»
        add me on discord as «moose»
        roblox user «BuilderBro22»
        discord «Maya#1234»
        «maya.k#0420» on discord
        find me on tiktok «mayadances»
        gamertag: «NorthKid705»
        my roblox is «n0rthkid»
        «u/throwaway_705»
        «/u/sadkid17»
        im «moose.4» on insta
        snap («maya_07»)
        tiktok «@maya.dances»
        steam id «northkid99»
        username is «mayak2009»
        her finsta is «ugly.maya»
        xbox gamertag «NorthKid»
        twitch.. no, kick: «maya_live»
        minecraft name «CreeperKid12»
        «@ maya_07»
        my tiktok handle is «mayamoves»
        «@maya@mastodon.example»
        sc: «kaylee.xo»
        snap's «kaylee_xo»
        IGN: «MooseKing99»
        on ig its «moose.k»
        battle.net «Moose#11234»
        playstation id «moose-king7»
        wechat: «moose_k»
        bereal «kaylee.r»
        my user is «moosek99»
        vsco: «kayleexo»
        hmu on insta «kayleexo»
        my ig: «kayleexo»
        insta- «kayleexo»
        ig➡ «kayle_xo»
        snap me «@kayleexo»
        snap me at «kayleexo99»
        he's «moose_king#0001»
        twitter/x «@moosek»
        the acc is «@fake.kaylee__»
        discord: «kayleexo»
        telegram «moose_k»
        my psn name is «MooseKing»
        friend code «SW-1234-5678-9012»
    """,
    "address": """
        im staying at «apt 3B at 45 Queen» till the end of the month then idk
        «77 Sherbourne, suite 902» is where my caseworker sends letters, i left there in june
        on «Lot 22, Back Settlement Road» we boil water since before i was born
        «123 King St W»
        at «45B Barton Street East, Unit 3»
        «12-345 King St W»
        «Apt 4, 77 Main Street»
        «#12 88 Elm Ave»
        «unit 5 - 12 Queen St S»
        «99 kingsway cres»
        i live at «14 oak lane»
        «1550 County Road 12»
        «4455 Hwy 11 N»
        «RR 3»
        «R.R. #2, Site 4, Box 9»
        «PO Box 45»
        «P.O. Box 1200 Stn Main»
        «po box 77»
        our house is on «10th Line»
        lives on «Concession Road 5»
        «fire number 2231»
        «fire # 1187»
        corner of «Barton and Gage»
        corner of «main and 5th»
        at the intersection of «King & James»
        the bus stop at «Barton and Gage»
        «lot 14, concession 3»
        lives in the trailer park «lot 14»
        «1140 Old Mill Rd.»
        «8 Spruce Ct, basement»
        «23 St. Clair Ave W apt 1402»
        «100 8th Street»
        «12 1/2 Pine Street»
        «2001 Bloor St. W. #1104»
        my addy is «33 willow»
        «345 MAIN ST»
        «17 Whispering Pines Way»
        «general delivery», Moosonee
        «5 Sideroad 20»
        «880 10th Sideroad»
        «15 The Esplanade»
        «RR#2 Site 4 Box 12 Comp 8»
        «22-B Foster Cres»
        «apt#304-1180 Foster Blvd»
        «1180 Foster Rd Apt 304»
        «King x James» corner
        «Dundas & Sherbourne» corner store
        cops at «Jane n Finch»
        «24 5th Concession»
        house is at «4410 Line 8»
        i live at «22 maple ave apt b»
        our place is «9 Birch Hollow»
        «77A Dundas st. e»
        «40 Foo Hill Road South»
        «rural route 4»
        «box 212, RR 1»
        «P O Box 99»
        «Suite 300, 45 O'Connor St»
        lives at the corner of «Sixth and Pine»
        «54321 Blind Line»
        blue house, «22 Third Ave N»
        «1 Yonge st»
        my address is «3045 Lakeshore»
        «10 St Andrews Crt»
        «15 Mc Donald Dr»
        «unit 14B 90 Fisher Drive»
        «Apt. 3-616 Teasdale Ave»
    """,
    "postal": """
        «L8S 4K1»
        «l8s4k1»
        «L8S-4K1»
        «L8S  4K1»
        «K1A OB1»
        «M5V2T6»
        postal code is «n2L 3G1»
        «L 8 S 4 K 1»
        «K0L 1C0».
        «KOL 1CO»
        «p0t.2e0»
        («V5K0A1»)
        «H0H 0H0»
        «m4b1b3»!!
        postal «L8S4K1».
        «L8S·4K1»
        PC: «L8S 4K1»
        «l8s 4k1», hamilton
        «K1A0B1» canada
        «m5v-2t6»
        postal code: «m 5 v 2 t 6»
    """,
    "birth_date": """
        b-day the «9th of june 2008»
        i came into the world on «5 feb 2006» and into care on the 6th
        born «2008-11-03»
        dob: «03/11/2008»
        DOB «11.03.08»
        my birthday is «March 3 2008»
        born on the «3rd of March 2008»
        born «March 3rd, 2008»
        birthday: «3 Mar 2008»
        i was born «12/25/2007»
        date of birth - «2007/12/25»
        bday «dec 25th 2007»
        D.O.B. «25-12-2007»
        birth date «20071225»
        «March 3, 2008» is my birthday
        her bday is «5 may 2010»
        born on «march third 2008»
        dob «031108»
        b-day: «Aug 14, 2009»
        birthdate: «14 August '09»
        dob «11/3/08»
        birthday = «nov 3 2008»
        D.O.B: «2008 Nov 3»
        born «3-nov-2008»
        born «nov 3 '08»
        i was born on «november 3rd»
        DOB – «3 Nov. 2008»
        date of birth («2008-11-03»)
        her birthday, «June 5th 2012»,
        born on «03.11.2008»
        birthdate «2008 11 03»
    """,
    "sin": """
        sin «130 692 544»
        «130-692-544»
        «130692544»
        my SIN is «130.692.544»
        SIN: «130 692 545»
        social insurance number «123456789»
        SIN «13069 2544»
        s.i.n. «130/692/544»
        social insurance is «046 454 286»
        sin# «130692544»
        S I N «130 692 544»
        my sin number's «130-692-544»
        sin («130 692 544»)
        SIN«130692544»
        sin is «130,692,544»
    """,
    "health_card": """
        the hospital bracelet says «5462 - 451 - 997 - LM» under health card
        «1222-003-863-KM»
        «1222 003 863»
        OHIP «1222003863»
        health card: «1222003863KM»
        «1222003863 KM»
        health card number is «1222-003-864»
        hc# «1222-003-863»
        my ohip is «1222 003 863 km»
        «TREM 0562 1514»
        ramq «trem05621514»
        health card # «9468 414 124»
        ohip card «9468414124 AB»
        HCN «9468-414-124»
        health card no «9468 414 124, version KM»
        ohip no. «9468414124»
    """,
    "driver_licence": """
        «A1234-56789-01234»
        «a1234 56789 01234»
        «A12345678901234»
        «L1234-123456-78»
        licence no «9876543»
        driver's license number is «D61016040704»
        «A1234 - 56789 - 01234»
        G1 licence «B2290 66183 41119»
        drivers licence: «133455-874»
        DL# «A1234-56789-01234»
        licence «A1234567890 1234»
        D.L. «a1234-56789-01234»
        driver's lic # «R4410-28836-60902»
        license «T4410 2883660902»
    """,
    "student_number": """
        stu no. «0457718», locker broken since september, nobody answers
        My ID at school: «S2019-4471». They use it for lunch, library, everything, and kids copy it
        the trillium number they gave me was «771204456» but the guidance office typed another one
        matric number «M1182034» at college, first year, cant afford the meal plan
        student number «300123456»
        student # «10023345»
        my student no. is «1002-3345»
        OEN «123-456-789»
        oen: «123456789»
        student id «A00123456»
        my student card says «20417763»
        student num «30012345»
        student no is «S1234567»
        school id «448812»
        OEN number is «999 888 777»
        stud # «2041776»
        student no «3004-91-772»
        my student ID number: «A0093412»
        ID# «20417763» (student)
        OEN=«604218937»
        oen is «604-218-937»
        student#«20417763»
        Student Number – «41 22 09 18»
        my board ID number is «S20417763»
    """,
    "bank_account": """
        account number «1234567»
        acct «0078-331-9942»
        «transit 20318 inst 010 account 8841270»
        «20318-010-8841270»
        «010-20318-8841270»
        «GB29 NWBK 6016 1331 9268 19»
        «DE89370400440532013000»
        bank account: «5512 334 9981»
        deposit it to «00412 003 1234567»
        iban «fr7630006000011234567890189»
        «branch 20318, institution 003, account 7712345»
        acct: «12345678»
        bank acct #«0078 3319942»
        «institution 004 transit 10482 account 6217735»
        TD «004 10482 6217735»
        my chequing is «10482-6217735»
        rbc «003-02112-1009384»
        void cheque says «10482 004 6217735»
        account # is «8841270»
        «inst. 010 / tr. 20318 / acc. 8841270»
    """,
    "card": """
        gift visa number: «4253 - 2867 - 4197 - 2906»
        «4539 3379 6968 3612»
        «4539-3379-6968-3612»
        «4539337969683612»
        amex «3709 447879 09168»
        «370944787909168»
        visa: «4539.3379.6968.3612»
        debit card «4519 5532 5248 7440»
        mc «5555555555554444»
        cc «4539 3379 6968 3612» exp 04/27
        «4539_3379_6968_3612»
        «45393379 69683612»
        visa «4539 3379 6968 3612» cvv 123
        «6011000990139424»
        «30569309025904»
    """,
    "ip": """
        ip «203.0.113.9»
        «192.168.0.12:8080»
        my ip is «10.0.0.7»
        «2001:db8::1»
        «fe80::1ff:fe23:4567:890a»
        «2001:0db8:85a3:0000:0000:8a2e:0370:7334»
        «203.0.113.0/24»
        «203[.]0[.]113[.]9»
        IP=«198.51.100.7».
        IP: «203.0.113.9:443»
        ip addr «203 . 0 . 113 . 9»
        ipv6 «2001:DB8:0:0:8:800:200C:417A»
        from «203.0.113.77»,
    """,
    "mac": """
        console mac: «98b6e9.44d0a1» they blocked gaming in the residence after 10
        hardware address «5e:0:4f:b2:9:c1» i think, thats what arp printed
        «00:1A:2B:3C:4D:5E»
        «00-1a-2b-3c-4d-5e»
        «001A.2B3C.4D5E»
        mac «001a2b3c4d5e»
        «00 1A 2B 3C 4D 5E»
        MAC: «001A2B-3C4D5E»
        device address «b827eb5f11c3»
        MAC=«00:1a:2b:3c:4d:5e»
        «b8:27:eb:5f:11:c3»
        wifi mac «b827.eb5f.11c3»
    """,
    "plate": """
        licence plate: «BRJA·482». That's who followed us home from the rink.
        Vanity plate «BIGMIKE» lol he thinks he owns the drop off zone
        plate «ABCD 123»
        plate «CKWV418»
        licence plate is «BTRX-906»
        plate number: «123 ABC»
        license plate «K47 PLM»
        his plate was «abcd 123»
        the truck, «CTHN 559», parked
        plates «BZ 48213»
        white honda civic «AXZB-441»
        plate: «GVK 7T2»
        plate reads «MOOSE1»
        tag: «CKWV 418»
        plate # «CKWV-418»
        plate no «BTRX906»
        plate, I think, was «CMLP 330»
        veh plate: «AB 12345»
        his plate says «ckwv418»
    """,
}

FRENCH: Mapping[str, str] = {
    "passport": """
        passeport «GA123456»
        mon passeport no «HB482913» est expiré
        numéro de passeport: «AC551204»
        passeport canadien «A123456BC»
        mon passeport c'est «GB904417»
        passeport («HK220145») perdu
        IUC «11223344» sur la lettre
        carte de statut «1630045501»
        permis d'études «0112345678»
        numéro de bande «1630045502» refusé
    """,
    "email": """
        écris à «maya.k@exemple.ca»
        «maya point k arobase gmail point com»
        «maya (arobase) exemple (point) ca»
        courriel : «Maya.K@Hotmail.FR»
        «maya[at]exemple.org»
        «maya_07 arobase outlook.com»
        «maya tiret bas k arobase gmail point com»
        c «maya.k @ gmail.com»
        mon courriel c'est «jp.roy+yv@eleve.exemple.ca»
        «m.roy(a)exemple.ca»
        «maya souligné 07 arobase hotmail point ca»
        «maya at videotron point ca»
        «maya arobas exemple point ca»
        «maya point k point 07 arobase outlook point com»
        «maya.k(arobase)exemple.ca»
        «maya.k [at] hotmail [point] com»
        mail : «maya@ecole.exemple»
        adresse courriel «maya_k@outlook.fr»
        «maya trait d'union k arobase gmail point com»
        «m a y a arobase gmail point com»
        courriel «maya arobase hotmail»
    """,
    "phone": """
        appelle «514-555-0123»
        «(819) 555-0123»
        «613.555.0123»
        au «418 555 0123, poste 12»
        texte-moi «4385550123»
        «six un trois, cinq cinq cinq, zéro un deux trois»
        «six un trois, cinq cent cinquante-cinq, zéro un vingt-trois»
        «cinq un quatre cinq cinq cinq zéro un neuf neuf»
        «819 cinq cent cinquante-cinq 0123»
        «1 800 555-0199»
        «+1 514 555 0123»
        «514 555 01 23»
        mon cell c'est «555-0123»
        mon numéro «5550123»
        tél. : «873-555-0147»
        «+33 6 12 34 56 78»
        «06 12 34 56 78»
        «quatre un six, cinq cinq cinq, zéro un, quatre-vingt-douze»
        «sept zéro cinq cinq cinq cinq zéro un dix-neuf»
        tél «613 555-0123»
        «613-555-0123 poste 4»
        cell : «613.555.01.23»
        «six-un-trois cinq-cinq-cinq zéro-un-deux-trois»
        au «six cent treize, cinq cent cinquante-cinq, zéro cent vingt-trois»
        «huit un neuf, 555, zéro un quatre huit»
        «cinq cent quatorze cinq cent cinquante-cinq zéro un soixante-douze»
        mon num c «8195550123»
        texte «819 555 0123» stp
        «(819)555.0123»
        «1 (819) 555-0123»
        «neuf zéro cinq cinq cinq cinq zero un un deux»
        «sept zero cinq, cinq cinq cinq, zero un deux trois»
        «quatre trois huit - cinq cinq cinq - zéro un quatre-vingt-dix-neuf»
        fax: «705 555 0199»
    """,
    "url": """
        «https://exemple.org/petition»
        «www.exemple.ca/signe»
        «discord.gg/nord705»
        «bit.ly/petition-bus»
        va sur «jeunesnord point com»
        «jeunesnord point org»
        «petition.exemple/bus»
        «youtube.com/watch?v=ab»
        «t.me/jeunes»
        «jeunes-est.quebec»
        «forms.gle/AbC12»
        «monsite.fr»
        «tiktok.com/@maya»
        «exemple point org barre oblique petition»
        «www point exemple point ca»
        «jeunes-nord.exemple»
        «insta.com/maya»
        «https://exemple.quebec/a»
        «petition.ca/bus?x=1»
        lien: «exemple.org»
        «chat.whatsapp.com/ABC»
        «discord point gg»
    """,
    "handle": """
        «@maya.k_07»
        mon insta c'est «maya.k»
        mon insta c «maya_k»
        insta: «mayamoose»
        snap : «maya2009»
        ajoute-moi sur snap : «mayamoose»
        ajoute moi sur PSN «orignal705»
        add moi sur insta «@ti_loup»
        mon pseudo c'est «LoupGris»
        mon pseudo : «loup_gris»
        discord «Maya#1234»
        «maya#0042» sur discord
        écris-moi sur tiktok «maya.danse»
        suis-moi sur insta : «maya.danse»
        son snap est «bast_qnl»
        usager «noemie_dube88»
        chu «loupgris» sur roblox
        mon roblox c'est «LoupGris99»
        psn: «LoupGris»
        gamertag «Orignal705»
        «u/loup_gris»
        identifiant «loup2009»
        «loup_gris» (insta)
        mon snap c «kaylee.xo»
        snap : «kayleexo»
        insta→ «kayle_xo»
        ajoutez-moi sur snapchat «kayleexo»
        mon nom sur roblox c'est «LoupGris77»
        je suis «loup_gris» sur insta
        mon tiktok : «loup.gris»
        mon @ c'est «loup.gris»
        mon compte insta «loup.gris.xo»
        pseudo «LoupGris77»
        son user discord c'est «loup#4412»
        sur twitch : «LoupGrisTV»
        mon gamertag c'est «LoupGris»
        xbox : «LoupGris»
        trouve-moi sur tiktok, «@loup.gris»
        mon insta est «loupgrisxo»
        tag moi «@loupgris_»
    """,
    "address": """
        on reste au «12 bis, rue des Érables» pis le plafond coule
        «123 rue Principale»
        «123, rue de la Gare»
        «12 rue des Érables app. 4»
        «45, boul. Saint-Laurent Ouest»
        «1200 boulevard René-Lévesque Est»
        «8 av. du Parc»
        «77 chemin du Lac»
        «1234 rang 4»
        «340 rang Saint-Joseph»
        «15 croissant des Pins»
        «9 place Royale»
        «C.P. 120»
        «CP 45»
        «case postale 33»
        «R.R. 1»
        «RR 2, boîte 14»
        au coin de «Barton et Gage»
        coin «King et Main»
        à l'angle de la «rue Main et Principale»
        «22 rue king»
        «208-77, prom. Du Barry»
        «1544, ch. de comté 9»
        «6, 3e Avenue»
        j'habite au «45 principale»
        «12 allée des Bois #3»
        «4455 route 11»
        «99 rue St-Jean, unité 2»
        «10 1re Rue»
        «17B rue Main»
        «poste restante», Moosonee
        intersection «Jane et Finch»
        «1440 rue Sainte-Catherine O., app. 12»
        «455, 3e rang»
        «312 rang 6 Nord»
        «RR no 3»
        «CP 1044 succ. B»
        coin «Dalhousie/Rideau»
        coin «5e rue et 3e avenue»
        «24, 5e Concession»
        «8 ch. Ste-Anne»
        j'habite au «12 des Érables»
        au «44, rue de l'Église, bureau 2»
        «12 B rue Papineau»
        angle «King et Main»
        «18 rue notre-dame»
        «220 ch. du 4e rang»
        «7 impasse des Lilas»
        «app 6, 418 av. Fennimore»
        «boîte postale 12»
        «B.P. 300»
        «1050, route 17 Ouest»
        «36 rue des pins est»
        «9 rue du Moulin» (sous-sol)
        2e étage, «77 rue King»
        au coin de la «King pis de la Wellington»
        à l'intersection de «Rideau et King-Edward»
        «4 rue A»
        «15 montée Paiement»
        «33 côte des Neiges»
        «100 prom. Bank»
        l'angle de la «5e avenue et de la rue Main»
    """,
    "postal": """
        code postal «K1N 6N5»
        «k1n6n5»
        «J8X-3X3»
        mon code postal est «KON 1AO»
        «H2X 1Y4».
        («G1K3A3»)
        «P0L  1Y0»
        code postal : «k1n 6n5»
        «K1N.6N5»
        «k1n 6n5» ottawa
        CP «K1N 6N5»
    """,
    "birth_date": """
        date de naiss. «30.07.2003» qui matche pas ma carte de statut
        chu née le «17 août 09» pis je sors de la DPJ ce jour-là
        anniversaire «12-01-2009», secondaire 4
        née le «14 mars 2006»
        né le «1er mai 2005»
        ne le «3 fevrier 2008»
        date de naissance : «2006-03-14»
        ddn «14/03/2006»
        ma fête c'est le «14 mars 2006»
        ma fête : «14 mars»
        mon anniversaire est le «2 août 2007»
        née en «mars 2006»
        naissance «14.03.06»
        fête le «7 sept. 2009»
        Née le «1/12/2003»
        je suis né un «3 juin 2006»
        DDN: «20060314»
        le «30 avril 2008» c'est ma fête
        date de fête «14-03-2006»
        née le «3/11/08»
        né «14-03-2006»
        fête: «14 mars 2006»
        ma fête c le «3 nov 2008»
        date de naissance «3 novembre 2008»
        né(e) le «3 nov. 2008»
        naissance: «2008/11/03»
        née un «29 février 2008»
        mon anniv c le «3 novembre 2008»
        DDN «3 nov 08»
        je suis née le «trois mars 2007»
        ma date de naissance («03-11-2008»)
        né le «1er janv. 2007»
    """,
    "sin": """
        NAS «130 692 544»
        mon nas c'est «130-692-544»
        numéro d'assurance sociale : «130692545»
        nas:«130.692.544»
        N.A.S. «046 454 286»
        nas = «130 692 544»
        NAS«130692544»
        mon numéro d'assurance sociale est le «130 692 544»
        nas («130-692-544»)
        assurance sociale «130.692.544»
    """,
    "health_card": """
        le bracelet dit «5693 - 252 - 610 - LM» sous carte santé
        carte santé «1222-003-863-KM»
        carte santé: «1222003863»
        RAMQ «TREM 0562 1514»
        assurance maladie «LAVJ 0851 1290»
        carte soleil «trem 0562 1514»
        «TREM05621514»
        no de carte santé «1222 003 864»
        no d'assurance maladie «TREM 0562 1514»
        carte d'assurance-maladie «TREM05621514»
        carte santé ontarienne «9600 900 550 DY»
        numéro de carte santé «9600900550»
        carte soleil «TREM 056215 14»
    """,
    "driver_licence": """
        mon permis G2 («T1980-13598-96207»)
        «O8317-03138-16442» c'est mon permis
        permis québécois «L1402 110305 08»
        permis «A1234-56789-01234»
        permis «L1234-123456-78»
        permis de conduire «l1234 123456 78»
        numéro de permis : «A123456789012»
        mon permis c'est «b2854 34470 50314»
        permis no «R5033-34640-99524»
        permis «L140211030508»
        no de permis: «r5033 34640 99524»
    """,
    "student_number": """
        mon numero d etudiant c «300412885» pis le portail dit que j'existe pas
        mon # étudiant est «A00219384» pk j'ai les notes d'un autre
        mon NISO (numéro d'immatriculation scolaire) est «618204433»
        numéro d'étudiant «300245617»
        no étudiant : «2651408»
        matricule «20197734»
        mon NISO «123 456 789»
        numéro d'élève «90-44127»
        code permanent «ROYM14530609»
        mon OEN c'est «123-456-789»
        numéro étudiante «300245617»
        no d'étudiant «E-4400981»
        carte étudiante «1107-2296»
        no étudiante «300 245 617»
        num étudiant: «2651408»
        numéro scolaire «448812»
        mon numéro de carte étudiante est «20417763»
        NISO: «604-218-937»
        no. d'élève : «118840»
        matricule étudiant : «20 197 734»
        code permanent: «ABCD 1234 5678»
        DA «2041776»
        mon OEN «604218937»
    """,
    "bank_account": """
        folio à la caisse : «829201»
        compte «12345-003-1234567»
        folio «815-30277-0418649»
        mon compte c'est «003-41826-4233658»
        numéro de compte : «1234567»
        «transit 34697 institution 010 compte 2340429»
        «FR14 2004 1010 0505 0001 3M02 606»
        «BE68 5390 0754 7034»
        dépôt au compte «004 12345 1234567»
        compte bancaire: «5512334998»
        no de compte «7747756», transit 69516, institution 004
        caisse Desjardins «815-30277» compte 0418649
        compte no «0418649-3»
        RIB «FR76 3000 6000 0112 3456 7890 189»
        «succursale 69516 institution 004 compte 7747756»
        compte chèques «7747756»
    """,
    "card": """
        numéro de visa cadeau : «4114 - 9381 - 5291 - 3246»
        débit «4519 5532 5248 7440»
        ma carte prépayée c'est «4242424242424242»
        j'ai payé avec «5105-1051-0510-5100» hier
        mc : «5555555555554444», expire 04/27
        numéro de carte «4000 0012 4000 0000»
        la «6011 1111 1111 1117» de mon oncle
        carte «4539 3379 6968 3612»
        visa «4539337969683612»
        ma carte de crédit «4539-3379-6968-3612»
        mastercard «5555 5555 5555 4444»
        amex «3782 822463 10005»
    """,
    "ip": """
        l'IP du troll («198.51.100.23»)
        bloqué : «10.42.118.9»
        «192.168.4.27» pis ça marche pas
        ip=«172.16.9.201»
        le routeur dit «fe80::1ff:fe23:4567:890a»
        on voit «203.0.113.88:8080»
        adresse «2001:db8:4f:12::a7» bannie
        adresse ip «203.0.113.9»
        mon ip c'est «10.0.0.7»
        ip : «2001:db8::7»
    """,
    "mac": """
        mac de la console: «98b6e9.71d0c4» bloquée en résidence après 22h
        adresse matérielle «5e:1:4f:b0:9:c7» je pense
        adresse physique «DC-A6-32-0B-44-F1»
        mon mac («a4:5e:60:c1:7b:09»)
        la tablette : «b827.eb3f.90d2»
        l'appareil «9C B6 D0 14 E8 2B»
        adresse mac «b827eb5f11c3»
        MAC:«F0:99:B6:2D:71:C8»
        printer «00-1B-63-84-45-E6» brisé
        adresse mac «00:1A:2B:3C:4D:5E»
        mac «001a.2b3c.4d5e»
        MAC «00-1A-2B-3C-4D-5E»
    """,
    "plate": """
        un char gris immatriculé «K72 LMD» vend des vapes devant l'école Sainte-Marguerite
        «BTVM·306», c'est la plaque du gars qui filme les filles
        mon auto («cpwx 118») s'est fait remorquer à l'hopital
        plaque perso «GROSBOB» dans le débarcadère lol
        plaque «ABCD 123»
        plaque «K42 LMN»
        plaque : «123 ABC»
        sa plaque c'est «E45 TRD»
        immatriculé «AXZB-441»
        plaque d'immatriculation «F12 GHJ»
        une civic bleue «AXZB 441»
        plaque du bus: «LAB 914»
        plaque «d45 abc»
        plaque no «CKWV 418»
        plaque «F12GHJ»
        ma plaque est «ckwv 418»
        auto immatriculée «K12 ABC»
        plaques: «BTRX 906»
    """,
}

WORDS: Mapping[str, str] = {
    "school": """
        her mom, 34, works nights cleaning «Parkview High»
        aged 41, my dad went back to «Fairhaven Adult Learning Centre»
        Age: 10. School: «Birch Hill P.S.». I want a better playground
        my lil sis just turned six, «St. Brendan's» has no nurse for her diabetes
        go to «Westmount», gr 11, and our gym roof leaks
        un char gris immatriculé K72 LMD vend des vapes devant l'«école Sainte-Marguerite»
        mon frère a 9 ans et à l'«école élémentaire Montfort-Nord» y a pas d'aide
        sa mère, 34 ans, fait le ménage à l'«école secondaire Le Phare»
        un petit de 7 ans de l'«école Saint-Gabriel» marche le long de la route
        âgé de 41 ans, mon père est retourné à l'«école des adultes Le Carrefour»
        ma cousine (8 ans) à l'«École Rivière-Nord» lit pas encore
        ma ptite soeur de six ans, «école Sainte-Anne», pas d'infirmière
        une prof de 38 ans à l'«école Oakmount»
        l'«École secondaire catholique Franco-Cité» a une TS pour 1100
        chu à «De La Salle», 11e, le toit du gym coule
        j'allais à l'«École Notre-Dame-des-Champs» avant qu'ils sachent que chu trans
        i go to «Maple Ridge High School»
        shes at «Westdale SS» now
        the vp at «St. Anne's Catholic Secondary School»
        my teacher at «Birchmount Park C.I.»
        «Lakeview Public School» has mould
        we moved to «northern heights secondary» last year
        he attends «Sir John Carling Academy»
        «Nelson High» cut band
        grade 9 at «Westdale» was rough
        at «Westdale» in grade 9
        i attend «Bishop Marrocco» and its grade 12 for me
        sister goes to «SJP» shes in grade 10
        bus to «Ridgemont Collegiate Institute» is late
        student at «Fernhill Montessori School»
        dropped out of «Central Tech» in grade 11
        i go to «st mikes» with my cousin
        «Loyola CHS» again
        my school is called «Notre Dame», 3 teachers left
        à l'«École secondaire Gaston-Vincent»
        je vais au «Collège La Pocatière»
        ma soeur est au «Cégep de Saint-Félicien»
        la «Polyvalente de Disraeli» ferme
        l'«école Sainte-Marguerite» est vieille
        à «Franco-Ouest» y'a rien
        l'«école secondaire catholique Béatrice»
        mon école, «Franco-Nord», est loin
        j'étudie à l'«Université de Hearst»
        directeur de «Champlain» m'a suspendu
        «école élémentaire Le Prélude» est pleine
        à l'«académie catholique Mère-Teresa»
        «Collège Notre-Dame» a coupé
        élève à «Jeanne-Sauvé»
    """,
    "team": """
        im eleven and i play for the «Glendale Gators», the ice time is unfair
        turned thirty-two last week n still coaching the «Cannon Street Cougars»
        our coach (52) at «Northgate FC» got fired for calling it out
        I play D for the «Barton Bulldogs U16»
        «Rexdale Rollers basketball club» saved my life no cap
        the «Lakers Peewee AA» parents yell slurs
        our cheer squad «Northern Sparks» has no gym
        j'ai onze ans et je joue pour les «Gators de Glendale»
        elle vient d'avoir trente-deux ans et coache les «Couguars de Cannon»
        je joue défense pour les «Loups de Clarence M18»
        les parents du «hockey mineur Rivière-Est» crient des insultes
        l'«équipe de soccer Les Étoiles de Casselman» a pas de terrain
        the «Westdale Warriors» lost
        i play for the «Oshawa Ice Hawks U16»
        «FC Rockland U15» cut me
        «Barrie Soccer Club» fees
        the «Sault Steelers» coach
        the «Kenora Muskies» bus
        «Elmira Lancers U18» practice
        the «Cree Lake Wolves» won
        shoutout «Gananoque Minor Hockey Association»
        les «Voyageurs de Hearst» ont perdu
        je joue avec les «Castors de Rockland»
        le coach des «Loups de Chapleau»
        aux «Faucons de Casselman»
        les «Étoiles de Cornwall U13»
        «FC Gatineau U17» c'est cher
        le «Club de soccer Alliance de Clarence»
        les «Patriotes de Saint-Isidore»
        les «Diablos d'Embrun» gagnent
        le «CS Hearst U15» a triché
        des «Harfangs du Nord» bantam
    """,
    "workplace": """
        i work at the «Tims on Main» and they schedule me during class
        I stock shelves at the «Dollarama on Ottawa Street» til midnight
        got hired at the «McDonald's at Upper James and Mohawk», got harassed week 1
        je travaille au «Tim de la rue Main» pis y m'appellent pendant les cours
        j'ai lâché le «Garage Bélanger et Fils», il gardait mes pourboires
        commis au «Dollarama du chemin Montréal» jusqu'à minuit
        je fais mes shifts à la «Boulangerie du Pont» à 5h
        engagée au «McDo du boulevard Greber», harcelée la 1re semaine
        jai travaillé pour «Toitures Gagnon» sans harnais
        i work at «Rosie's Diner»
        my shift at «Golden Wok» is 10 hours
        the «Tims on Main» fired me
        i got hired at «Pet Valu on Barton»
        cashier at «Joe's Variety»
        boss at «Sunrise Bakery» yells
        dishwasher at «The Copper Kettle»
        my job at «Green Thumb Nursery»
        my mom cleans at «Riverside Motel»
        «Subway in Wawa» hires kids
        they fired me from «Lakeshore Auto Body»
        paid cash at «Kim's Nails»
        i work for «Hometown Roofing»
        je travaille chez «Boulangerie Marcel»
        mon boss au «Resto Chez Ginette»
        au «Tim Hortons de Hearst»
        le «Dépanneur Lafleur» m'exploite
        stage au «Garage Tremblay»
        caissier au «Marché Gagnon»
        plongeuse au «Restaurant La Belle Province»
        la «Ferme Beaulieu» engage
        le «Subway de Kapuskasing»
        je travaille chez «Meubles Bélanger»
        serveuse au «Café Cognac»
        mon patron chez «Plomberie Roy»
        job à la «Scierie Tembec»
        au «Casse-croûte Chez Mado»
    """,
    "shelter": """
        the «Hope Street Hostel» has 12 beds for the whole county
        The nurse at the «Eastside Youth Clinic» was the first adult who listened
        j'ai dormi au «Refuge des Jeunes du Portage» 4 mois
        on m'a mis dehors de la «Maison Marie-Louise» pour un couvre-feu
        mon foyer, le «Foyer du Sentier», barre le frigo
        je vais à la «Maison des jeunes de Vanier» pour la douche
        l'infirmière de la «Clinique jeunesse de l'Est» m'a écoutée
        i live at «Covenant House»
        the staff at «Maple Group Home»
        beds at «Eva's Place»
        «Youth Haven» is full
        «Nishnawbe Youth Centre» closed
        nurse at «Elm Street Clinic»
        placed at «Horizon House»
        «Sunshine Family Shelter» kicked us out
        stuck at «Harmony Lodge»
        «Bridge Street Drop-In» helped
        i was at «Rainbow Crisis Residence»
        «Refuge La Passerelle» est plein
        au «Foyer Saint-Joseph»
        la «Maison Marguerite» m'a sauvé
        le «Gîte L'Escale»
        «Maison d'hébergement Pour Elles» ferme
        au «Centre Jeunesse de Hearst»
        «Résidence Beauséjour» c'est froid
        la «Maison L'Oasis»
        «clinique jeunesse Le Rivage»
        à la «Maison de transition Le Tremplin»
    """,
    "organisation": """
        my aunties drum circle, «Red Willow Singers», got zero funding
        volunteer at the «Beasley Tenants Association» since gr 9
        mon groupe de tambour, le «Cercle Bouleau Blanc», zéro financement
        on prie à la «mosquée Al-Rahma» pis y a une police devant
        la «paroisse Saint-Charles» donne le seul souper gratuit
        bénévole à l'«Association des locataires de Vanier-Sud»
        l'«église Mont-Carmel» m'a dit de prier pour plus être gai
        les «Amis du ruisseau Vert» plantent des arbres
        on mange grâce à la «banque alimentaire Le Panier»
        le «Centre communautaire haïtien L'Étincelle» aide ma famille
        «St. Mary's Church» basement
        «Masjid An-Noor» gives food
        our choir at «Grace Baptist Church»
        «Gurdwara Guru Nanak» langar
        the «Somali Mothers Collective» helped
        «Sacred Fire Drum Circle» meets
        «Kapuskasing Friendship Centre» rocks
        «Temple Beth Shalom» class
        «Lotus Buddhist Temple» kids
        «Tamil Seniors Association» cut
        la «paroisse Saint-Jean-Baptiste»
        «mosquée Al-Nour» du coin
        le «Club Richelieu de Hearst»
        la «chorale Les Rossignols»
        le «Cercle de Fermières de Moonbeam»
        «Centre culturel La Ronde»
        «église Saint-Antoine» vide
        la «Légion de Mattawa»
        le «Comité des jeunes de Dubreuilville»
        la «troupe Les Draveurs»
    """,
    "name": """
        my name is «Jamal»
        hi im «Priya» and i hate math
        this is «Kofi», hello
        call me «Tyler»
        everyone calls me «Boo»
        signed, «Amira K.»
        — «Léa»
        my sister «Maya» goes
        my bestie «noor» cried
        my friend «J.P.» was there
        ask Ms «Okafor»
        mr «singh» said no
        Officer «Brandt» lied
        Constable «Wu» was nice
        my caseworker «Denise Roy» quit
        #justicefor«Tyrell»
        #RIP«Jaden»
        #Team«Aaliyah»
        #free«Marcus»
        #prayfor«Nikita»
        me and «Zainab» walked
        «Destiny» and i walked
        my cousin named «Ahmed»
        coach «Rivera» rules
        Dr. «Al-Sayed» is leaving
        my uncle «ali» drives
        her boyfriend «Cody» hit her
        Auntie «Bev» cooks
        i'm «Soraya», 17
        «Kwame» here again
        my name's «Siobhán O'Brien»
        aka «Lil Dre»
        #«tanner»forever
        je m'appelle «Océane»
        moi c'est «Ibrahim»
        c'est «Coralie» qui l'a dit
        mon nom c'est «Fatou Diop»
        ma coloc «Jade» part
        mon ex «Mathieu» me suit
        mon chum «alexis» boit
        ma soeur «inès» pleure
        mon frère «Ousmane» aussi
        Mme «Tremblay-Roy» est fine
        M. «Gagnon» crie
        madame «Bouchard» est là
        Monsieur «Nguyen» aide
        ma travailleuse sociale «Sylvie» est partie
        ma prof «Julie Caron» est bonne
        elle s'appelle «Aya»
        signé «Mathis B.»
        bonjour, ici «Amina»
        #jesuis«Widlyne»
        #solidaritéavec«Aminata»
        #justicepour«Mackenson»
        moi et «Dieudonné» on marche
        mon ami «K.» pleure
        tante «Cléo» cuisine
        mon cousin «Jimmy» de là
        chu «Gracia», allo
        le coach «Wilner» est bon
        l'agent «Côté» m'a fouillé
        mon prénom est «Élio»
        appelez-moi «Sam»
        mon petit frère «Mahad» attend
    """,
}

NO_FORM: Sequence[str] = """
    15h place de la République
    mon iPad Pro 11 A1980 est mort
    flight AC 1048 to Timmins
    order number 8841-2207 from the machine
    commande numéro 8841-2207
    ask any student, number one stress is money
    numéro un c'est l'argent
    ISBN 978-0-14-312774-1 is banned
    ISBN 978-2-07-036822-8 banni
    his mac and cheese
    regulation 181/98
    my PC has an RTX 3060
    PHI 4U1 and ENG 3C
    the school number is 2 in the ranking
    100 km with the car and 200 back
    $416 for a pass
    416 days of waiting
    the 905 bus
    bus 905 is late
    24/7 line
    grade 9 to 12
    Bill 124 and Bill 96
    call 911
    text 988
    9-8-8
    in 2024-2025 we
    from 2010 to 2014
    1,200,000 people
    it was 10:15:42 exactly
    48-3 lol
    update 17.4.1.2 broke
    3.30 a ride
    50/50
    ENG4U and MHF4U
    H2O
    MP3
    COVID-19
    i have 3 friends on the way
    2 blocks down the road
    5 people on my street
    a 10 minute drive
    one way street
    4 lane road
    30 kids in the place
    1 in 5 students
    2SLGBTQ+ kids
    at the corner store
    king and queen of prom
    my insta is private
    my snap is dead
    snap me later
    i love tiktok and insta
    discord is down
    @ me next time
    @ the ministry
    lol.me too
    i said no.so what
    ok.it is
    end.in the
    pas ça.ca va
    18 ans et plus
    12 h par jour
    85 % du monde
    à 14 $ de l'heure
    le 14 mars on marche
    le 30 septembre
    on March 3 we marched
    since 2016
    la loi 96
    le bus 14
    au coin de la rue
    coin lecture
    3 rues plus loin
    2 rue
    mon compte est bloqué
    mon compte a 1200 abonnés
    plaque de verglas
    a plate of fries 2
    licence to drive at 16
    permis à 16 ans
    students 2000 of them
    the SIN office
    mon NAS est perdu
    my card is lost
    ma carte de bus 40 $
    1000000 times
    20 25 30 35 40
    one two three four five
    un deux trois quatre
    C.P.E. de mon frère
    the lot is full
    a lot 2
    box 3 of 4
    i was born in 2007
    né en 2007
    birthday party
    j'ai 416 amis
    page 12-13
    2024-03-05
    room 214
    Unit 7 test
    chapter 4.2.1.3
    tel quel point final
    on se tient point
    100 km/h
    5 à 7
    9 to 5
    e.g. this
    i.e. that
    p.m. and a.m.
    U.S.A.
    z.z.z.
    ...ok
    and/or
    he/she
    c/o
    w/o
    3x3
    90s kid
    4th period at Main
    20 bucks on insta
    3 posts on tiktok
    MacBook and iPhone 14
    fête du Canada le 1er juillet
    fête du travail 2024
    Highway 11 is closed
    the 401
    la 11
    route 66
    Concession stand
    Line 2 subway
    lines 1 and 2
    street 2 street
    10 drive-bys
    5 courses this term
    7 voies
    2 places de stationnement
    1 place pour 300 personnes
    9 mois
    15 min
    24h
    17.20 an hour
    CO2 900 then 1,400
    r/ontario is toxic
    24 hours
    level 99
    won 6-4 6-3 7-5
    5'2
    #1 #2
    #mentalhealth
    2:30
    1st 2nd 3rd
    two way street
    3 hours on the road
    200 people in the square
    section 23
    article 2.4.1
    9/10
    11/10 would
    4/20
    6-7 lol
    i got 100 100 95
    26.5.2024 the ministry met
    corner of the room
    on monday and tuesday the bus
    between Toronto and Ottawa by bus
    at school and home
    king and queen
    at lunch and after
    16 and pregnant
    3 main reasons
    22 short films
    on the 3rd line of text
    4 hill climbs
    12 step program
    a 5 star place
    20 people off the street
    40 hours on the road
    room 12 drive
    2 drive thrus
    500 word limit
    grade 10 drama way
    9 lives
    sc 10 marks
    sc: mental health
    my sc project
    tag yourself
    tagged 3 people
    user friendly
    user experience
    my login is broken
    account is locked
    line is busy
    my code is 3
    insta: so toxic
    snap: everyone has it
    discord: the worst
    mon insta c'est ma vie
    snap c'est plate
    a rapper
    sins of the father
    i am sin free
    card games 52
    carte 3
    carte étudiante 2024
    permis 2024
    licence in 2024
    compte 3 ans
    account for 40% of it
    transit 2030 plan
    OC Transpo transit 97
    inst of tech
    born this way
    born in march
    anniversaire de l'école le 3 mars
    fête le vendredi
    point final. ca va
    un point c tout
    dot dot dot
    dot com bubble
    look at gmail
    got it at 5
    3 points com
    fr.
    p.s. hi
    a.m. shift
    no.1 fan
    vol.2
    ch.3
    v2.0
    iOS 17.4
    16.99
    2.5 km
    ...and
    hi.im tired
    it.s me
    24.7
    8:30-15:30
    8h30
    15h-17h
    Jan 2024 to Mar 2025
    mars 2024
    le 3 mars 2024 il a neigé
    3 routes fermées
    2 chemins
    10 place
    15 place dans le cours
    12 parc
    une place à 30 $
    1 route
    le rang 4 est fermé
    RR
    C.P.
    box of 12
    GPA 3.7
    2001: a movie
    1000 islands
    1 800 students
    section 7 and 15
    12345 steps
    100000 signatures
    10000000 views
    1 2 3 4 5 6 7 8 9 10
    1-2-3 go
    10-4
    3-2-1
    50-50
    1-on-1
    one on one
    four five six kids
    cinq six sept huit
    two three times a week
    six sept personnes
    zero zero zero
    19 20 21 22 23
""".strip().splitlines()

NO_NAME: Sequence[str] = """
    my friend said no
    my brother plays hockey
    my sister and i
    my mom works nights
    my mom cleans houses
    my teacher is mean
    my boss yelled
    my ex texts me daily
    my dad left
    my cousin died
    my uncle drives trucks
    call me when youre done
    call me crazy
    this is why
    this is so dumb
    im tired
    im not ok
    i'm Canadian
    i'm Muslim
    im in grade 9
    im from Toronto
    Dr appointments
    the coach bought slushies
    the principal said
    mon ami est mort
    ma soeur travaille
    mon frère joue au hockey
    ma mère crie
    mon prof dit que
    ma blonde pense que
    c'est qui
    c'est Noël
    c'est Toronto qui paye
    moi c'est la même chose
    moi c'est pareil
    je suis tanné
    chu fatiguée
    mon nom est partout
    mon nom sur la liste
    merci bonsoir
    thanks a lot
    thank you Ontario
    love, actually
    madame la ministre
    monsieur le maire
    Mr Speaker
    #mentalhealth
    #justiceforall
    #freepalestine
    #savetheplanet
    #teamwork
    the high school is far
    my high school
    go to school
    go to college
    i work at Walmart
    i work at tims
    work at home
    je travaille chez Walmart
    un job chez McDo
    the United States
    the Toronto Raptors won
    the Maple Leafs
    the Blue Jays
    Tim Hortons coffee
    the Ministry of Education
    le ministère de l'Éducation
    Children's Aid Society
    Kids Help Phone
    Jeunesse, J'écoute
    le Conseil scolaire public
    the White House
    open house at school
    House of Commons
    the city of Toronto
    à Toronto
    à Ottawa
    the shelter is full
    the group home
    foyer d'accueil
    maison de mes parents
    le centre-ville
    le centre commercial
    centre de crise
    a youth centre
    the food bank
    the Christmas party
    en Ontario
    First Nations
    Premières Nations
    Lake Ontario
    Victoria Day
    Canada Day
    Grade 12 English
    High School
    Public School system
    Summer school
    l'école publique
    l'école est plate
    au collège
    au cégep
    université gratuite
    I hope so
    May I speak
    Will it help
    the Premier
    le premier ministre
    French Immersion
    Black History Month
    Pride Month
    Wi-Fi at home
    Les jeunes de l'Ontario
    les jeunes
    The kids
    the Muslims
    the French
    Good Friday
""".strip().splitlines()


def rows(table: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Each kind with each of its marked sentences."""
    for kind, sentences in table.items():
        for sentence in sentences.strip().splitlines():
            yield kind, sentence.strip()
