# Imports the samples. Sourced from this folder, with a function `step` that runs claimbase with its arguments.
step import --source 'Varnholm Courier' --url https://courier.example/varnholm-gate --published 2024-03-14 articles/courier.txt
step import --source 'North Coast Agency' --url https://nca.example/2024/03/13/1 --published 2024-03-13 articles/agency.txt
step import --source 'Sellby Herald' --url https://herald.example/flood --published 2024-03-13 articles/herald.txt
step import --source 'Kingdom Observer' --url https://observer.example/varnholm --published 2024-03-15 articles/observer.txt
step import --source 'Meridian Online' --url https://meridian.example/58213 --published 2024-03-15 articles/meridian.txt
step import --claims claims.csv
