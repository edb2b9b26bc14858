FROM python:3.13-slim-trixie

ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 HOME=/tmp
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 postgresql-client \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /nonexistent --shell /usr/sbin/nologin cistor \
    && install -d -o cistor -g cistor -m 700 /var/lib/cistor/media /var/lib/cistor/beat

WORKDIR /srv/cistor
COPY requirements.txt ./
RUN pip install --no-deps --require-hashes -r requirements.txt
COPY . ./
# The keys exist for this one command, which stores nothing that depends on them.
RUN CISTOR_SECRET_KEY=build CISTOR_FIELD_KEYS=build CISTOR_SEARCH_KEY=build python manage.py collectstatic --no-input

ENV CISTOR_MEDIA_ROOT=/var/lib/cistor/media
USER 10001
EXPOSE 8000
CMD ["gunicorn", "cistor.wsgi", "--config", "docker/gunicorn.py"]
